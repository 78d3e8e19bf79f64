package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Gate;
import dev.gearbox.contract.Ledger;
import dev.gearbox.spi.IoRegistration;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorStatistics;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scheduler polls what it may poll, whatever its tasks do, or gives it back. */
@Timeout(120)
class PollingTest {
    private final Ledger ledger = new Ledger();
    private final FakeTimers timers = new FakeTimers();
    private final AtomicBoolean stop = new AtomicBoolean();
    private AdaptiveScheduler scheduler = Schedulers.of(2, 20);

    @AfterEach
    void close() {
        stop.set(true);
        scheduler.close();
        ledger.assertNoFaults();
        assertThat(timers.mostInside).as("threads inside poll at once").isLessThanOrEqualTo(1);
        assertThat(timers.open).as("the role of a scheduler that has closed").isNull();
    }

    @Test
    void an_idle_scheduler_that_never_ran_anything_delivers_events() {
        scheduler.drive(null, timers);
        assertThat(scheduler.statistics().polling()).isTrue();
        deliverOne();
    }

    @Test
    void the_machine_that_polls_runs_what_it_wakes_on_the_spot() {
        scheduler.drive(null, timers);
        deliverOne();
        for (int i = 0; i < 100; i++) {
            AtomicReference<Thread> poller = new AtomicReference<>();
            CountedRun run = ledger.empty();
            Eventually.until("all sleep", () -> scheduler.word.running() == 0);
            timers.put(() -> {
                poller.set(Thread.currentThread());
                run.submit(scheduler);
            });
            Eventually.until("it runs", () -> run.ran() == 1);
            assertThat(run.lastThread()).isSameAs(poller.get());
        }
        assertThat(scheduler.statistics().handOvers()).isZero();
    }

    @Test
    void events_are_delivered_beside_short_tasks_that_never_end() {
        scheduler = Schedulers.unwatched(1, 1);
        scheduler.drive(null, timers);
        for (int i = 0; i < 4; i++) {
            ledger.run(self -> stop.get() ? null : scheduler::executeYielded).submit(scheduler);
        }
        for (int i = 0; i < 50; i++) {
            deliverOne();
        }
        stop.set(true);
        ledger.settle();
    }

    @Test
    void events_are_delivered_beside_tasks_that_block() {
        scheduler.drive(null, timers);
        CountDownLatch release = new CountDownLatch(1);
        ledger.many(5, i -> Eventually.open("the release", release)).forEach(run -> run.submit(scheduler));
        for (int i = 0; i < 20; i++) {
            deliverOne();
        }
        release.countDown();
        ledger.settle();
    }

    @Test
    void events_are_delivered_beside_tasks_that_compute() {
        scheduler.drive(null, timers);
        ledger.many(4, i -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                })
                .forEach(run -> run.submit(scheduler));
        for (int i = 0; i < 20; i++) {
            deliverOne();
        }
        stop.set(true);
        ledger.settle();
    }

    @Test
    void the_role_is_given_back_when_no_thread_can_be_had_and_taken_again_later() {
        scheduler = Schedulers.of(1, 1);
        scheduler.drive(null, timers);
        Eventually.until("it polls", () -> timers.polls.get() > 0);
        CountDownLatch release = new CountDownLatch(1);
        ledger.once(() -> Eventually.open("the release", release)).submit(scheduler);
        Eventually.until("the role is closed", () -> timers.open == null);
        release.countDown();
        ledger.settle();
        Eventually.until("it is taken again", () -> timers.open != null);
        deliverOne();
    }

    @Test
    void the_role_is_given_back_when_the_last_thread_waits_and_taken_again_later() {
        scheduler = Schedulers.of(1, 1);
        scheduler.drive(null, timers);
        Gate gate = new Gate();
        CountedRun waiter = ledger.run(self -> {
            gate.passed().await();
            return null;
        });
        waiter.submit(scheduler);
        Eventually.until("the role is closed", () -> timers.open == null);
        ledger.once(gate::open).submit(scheduler);
        ledger.settle();
        Eventually.until("it is taken again", () -> timers.open != null);
        deliverOne();
    }

    @Test
    void a_wait_on_the_only_thread_at_work_does_not_leave_the_polling_undone() {
        scheduler.drive(null, timers);
        Gate gate = new Gate();
        CountedRun waiter = ledger.run(self -> {
            gate.passed().await();
            return null;
        });
        waiter.submit(scheduler);
        Eventually.until("it waits", () -> gate.waiting() == 1);
        timers.put(gate::open);
        Eventually.until("it came through", () -> waiter.ran() == 1);
    }

    @Test
    void roles_are_closed_when_the_drive_ends_or_goes_to_another() {
        scheduler.drive(null, timers);
        FakeTimers others = new FakeTimers();
        scheduler.drive(null, others);
        assertThat(timers.open).isNull();
        assertThat(others.open).isNotNull();
        scheduler.drive(null, null);
        assertThat(others.open).isNull();
        assertThat(scheduler.statistics().polling()).isFalse();
        ledger.empty().submit(scheduler);
        ledger.settle();
    }

    @Test
    void a_source_that_has_closed_is_not_polled_any_more() {
        scheduler.drive(null, timers);
        Eventually.until("it polls", () -> timers.polls.get() > 0);
        FakeTimers.Role role = timers.open;
        timers.close();
        role.wakeUp.run();
        Eventually.until("it does not poll", () -> !scheduler.statistics().polling());
        ledger.empty().submit(scheduler);
        ledger.settle();
    }

    private void deliverOne() {
        CountedRun run = ledger.empty();
        timers.put(() -> run.submit(scheduler));
        Eventually.until(() -> "the event's task runs: " + scheduler.word, () -> run.ran() == 1);
    }

    /** Hunts: a claim finds no role to wake the sleeper by, which then sleeps on the one that is announced next. */
    @Test
    void who_sleeps_is_woken_when_roles_that_were_given_up_are_taken_up_again() {
        scheduler = Schedulers.started(1, 1, thread -> {
            throw new OutOfMemoryError("unable to create native thread: planted");
        });
        WakeUpCounter reactor = new WakeUpCounter();
        Machine sleeper = new Machine(scheduler, "never started", Machine.POLLING);
        scheduler.polling.drive(reactor, null);
        assertThat(scheduler.polling.lease(sleeper)).isTrue();
        scheduler.polling.withdraw();
        int before = reactor.wakeUps;
        scheduler.polling.announceAgain();
        assertThat(reactor.wakeUps).isEqualTo(before + 1);
        scheduler.polling.giveLeaseBack();
    }

    /** A reactor without sources, whose roles count how often they are asked to wake their holder. */
    private static final class WakeUpCounter implements Reactor {
        private int wakeUps;

        @Override
        public PollRole announce(Runnable wakeUp) {
            return new PollRole() {
                private boolean open = true;

                @Override
                public int poll(long maxWaitNanos) {
                    return 0;
                }

                @Override
                public long nextDeadline() {
                    return Long.MAX_VALUE;
                }

                @Override
                public void wakeUp() {
                    wakeUps++;
                }

                @Override
                public boolean isOpen() {
                    return open;
                }

                @Override
                public void close() {
                    open = false;
                }
            };
        }

        @Override
        public IoRegistration register(SelectableChannel channel) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ReactorStatistics statistics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
