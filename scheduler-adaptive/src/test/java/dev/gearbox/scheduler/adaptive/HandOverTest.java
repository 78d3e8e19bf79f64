package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Gate;
import dev.gearbox.contract.Ledger;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each hand-over is counted once as one that helped or as one that did not. */
@Timeout(120)
class HandOverTest {
    private final Ledger ledger = new Ledger();
    private final CountDownLatch release = new CountDownLatch(1);
    private AdaptiveScheduler scheduler = Schedulers.unwatched(1, 20);

    @AfterEach
    void close() {
        release.countDown();
        scheduler.close();
        ledger.assertNoFaults();
    }

    @Test
    void one_that_lets_another_task_run_while_the_first_is_still_blocked_helped() {
        scheduler = Schedulers.of(1, 20);
        CountDownLatch ran = new CountDownLatch(1);
        ledger.once(() -> {
                    ledger.once(ran::countDown).submit(scheduler);
                    Eventually.open("the other runs", ran);
                })
                .submit(scheduler);
        ledger.settle();
        assertHandOvers(1, 0);
    }

    @Test
    void one_after_which_nobody_finds_anything_to_do_was_needless() {
        Machine machine = block();
        scheduler.takeover.handOver(machine);
        assertHandOvers(0, 1);
    }

    @Test
    void one_whose_taker_comes_when_the_first_task_has_ended_already_was_needless() {
        Queue<Thread> late = new ConcurrentLinkedQueue<>();
        scheduler = Schedulers.started(1, 20, thread -> {
            if (thread instanceof Machine && thread.getName().endsWith("-0")) {
                thread.start();
            } else {
                late.add(thread);
            }
        });
        Machine machine = block();
        CountedRun behind = ledger.empty();
        behind.submit(scheduler);
        assertThat(scheduler.takeover.handOver(machine)).isTrue();
        release.countDown();
        Eventually.until("the first machine sleeps", () -> machine.state() == Machine.PARKED);
        assertThat(behind.ran()).isZero();
        late.stream().filter(Machine.class::isInstance).forEach(Thread::start);
        ledger.settle();
        assertHandOvers(0, 1);
    }

    @Test
    void one_that_lets_events_be_polled_for_helped() {
        Machine machine = block();
        FakeTimers timers = new FakeTimers();
        scheduler.drive(null, timers);
        scheduler.takeover.handOver(machine);
        assertHandOvers(1, 0);
    }

    @Test
    void one_that_was_announced_and_let_another_task_run_during_the_wait_helped() {
        Gate gate = new Gate();
        ledger.run(self -> {
                    ledger.once(gate::open).submit(scheduler);
                    gate.passed().await();
                    return null;
                })
                .submit(scheduler);
        ledger.settle();
        assertHandOvers(1, 0);
    }

    @Test
    void a_wait_behind_which_nothing_is_queued_hands_nothing_over() {
        Gate gate = new Gate();
        CountedRun waiter = ledger.run(self -> {
            gate.passed().await();
            return null;
        });
        waiter.submit(scheduler);
        Eventually.until("it waits", () -> gate.waiting() == 1);
        gate.open();
        ledger.settle();
        assertHandOvers(0, 0);
        assertThat(scheduler.statistics().threadsStarted()).isEqualTo(1);
    }

    /** Makes the first machine stay inside a task, and returns it. */
    private Machine block() {
        CountDownLatch inside = new CountDownLatch(1);
        ledger.once(() -> {
                    inside.countDown();
                    Eventually.open("the release", release);
                })
                .submit(scheduler);
        Eventually.open("it is inside", inside);
        return scheduler.machines.all()[0];
    }

    private void assertHandOvers(long helped, long needless) {
        Eventually.until(() -> "all are judged: " + scheduler.statistics(), () -> {
            SchedulerStatistics now = scheduler.statistics();
            return now.handOversHelped() + now.handOversNeedless() == now.handOvers()
                    && now.handOvers() >= helped + needless;
        });
        SchedulerStatistics counts = scheduler.statistics();
        assertThat(counts.handOversHelped()).as("helped").isEqualTo(helped);
        assertThat(counts.handOversNeedless()).as("needless").isEqualTo(needless);
    }
}
