package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Nobody starves: not by a run that comes again and again, not by two that wake each other in the slot. */
interface FairnessContract extends FixtureUser {
    /**
     * Returns how many polls of others a worker makes at most before it takes a run that came from outside, when nothing
     * else waits outside; the global queue is looked at every 61 polls or sooner.
     */
    default int fairnessBound() {
        return 64;
    }

    @Test
    default void a_yielded_run_lets_those_go_first_that_its_worker_has_queued() {
        Scheduler scheduler = fixture().scheduler(1);
        List<String> order = new CopyOnWriteArrayList<>();

        fixture().ledger
                .run(self -> {
                    if (self.ran() > 0) {
                        order.add("yielded");
                        return null;
                    }
                    for (int i = 0; i < 5; i++) {
                        fixture().ledger.once(() -> order.add("queued")).submit(scheduler);
                    }
                    return scheduler::executeYielded;
                })
                .submit(scheduler);
        Eventually.until(() -> "all have run, but " + order, () -> order.size() == 6);

        assertThat(order).endsWith("yielded");
    }

    @Test
    default void a_run_that_yields_for_ever_does_not_starve_runs_from_outside() {
        assertOutsideIsServed(1, 1, scheduler -> scheduler::executeYielded);
    }

    @Test
    default void a_run_that_executes_itself_for_ever_does_not_starve_runs_from_outside() {
        assertOutsideIsServed(1, 1, scheduler -> scheduler);
    }

    @Test
    default void more_endless_runs_than_processors_do_not_starve_runs_from_outside() {
        assertOutsideIsServed(0, 4 * SchedulerFixture.PROCESSORS, scheduler -> scheduler::executeYielded);
        assertOutsideIsServed(0, 4 * SchedulerFixture.PROCESSORS, scheduler -> scheduler);
    }

    private void assertOutsideIsServed(int maxThreads, int hogs, Function<Scheduler, Executor> again) {
        Scheduler scheduler = maxThreads == 0 ? fixture().scheduler() : fixture().scheduler(maxThreads);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicBoolean wanted = new AtomicBoolean();
        Semaphore inside = new Semaphore(0);
        Semaphore submitted = new Semaphore(0);
        for (int i = 0; i < hogs; i++) {
            fixture().ledger
                    .run(self -> {
                        if (wanted.getAndSet(false)) {
                            inside.release();
                            Eventually.until("an outside run is submitted meanwhile", submitted::tryAcquire);
                        }
                        return stop.get() ? null : again.apply(scheduler);
                    })
                    .submit(scheduler);
        }
        for (int i = 0; i < 200; i++) {
            boolean during = i % 2 == 0; // else at any moment
            if (during) {
                wanted.set(true);
                Eventually.until("an endless run is inside", inside::tryAcquire);
            }
            CountDownLatch served = new CountDownLatch(1);
            fixture().ledger.once(served::countDown).submit(scheduler);
            if (during) {
                submitted.release();
            }
            Eventually.open("outside run " + i + " beside " + hogs + " endless ones", served);
        }
        stop.set(true);
        fixture().ledger.settle();
    }

    @Test
    default void a_run_from_outside_waits_for_a_bounded_number_of_polls() {
        Scheduler scheduler = fixture().scheduler(1);
        AtomicLong polls = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        fixture().ledger
                .run(self -> {
                    polls.incrementAndGet();
                    return stop.get() ? null : scheduler;
                })
                .submit(scheduler);
        List<Long> waited = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            AtomicLong atRun = new AtomicLong();
            CountDownLatch served = new CountDownLatch(1);
            CountedRun run = fixture().ledger.once(() -> {
                atRun.set(polls.get());
                served.countDown();
            });
            run.submit(scheduler);
            long atAcceptance = polls.get();
            Eventually.open("outside run " + i, served);
            waited.add(atRun.get() - atAcceptance);
        }
        stop.set(true);
        fixture().ledger.settle();

        assertThat(waited).allSatisfy(polled -> assertThat(polled).isLessThanOrEqualTo(fairnessBound()));
    }

    @Test
    default void two_runs_that_wake_each_other_for_ever_do_not_starve_what_their_worker_has_queued() {
        // hunts an unbounded use of the slot that skips the queue
        Scheduler scheduler = fixture().scheduler(1);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<CountedRun> ping = new AtomicReference<>();
        AtomicReference<CountedRun> pong = new AtomicReference<>();
        ping.set(fixture().ledger.once(() -> submitUnless(stop, pong.get(), scheduler)));
        pong.set(fixture().ledger.once(() -> submitUnless(stop, ping.get(), scheduler)));
        CountDownLatch served = new CountDownLatch(1);

        fixture().ledger
                .once(() -> {
                    fixture().ledger.once(served::countDown).submit(scheduler);
                    ping.get().submit(scheduler);
                })
                .submit(scheduler);

        Eventually.open("the run queued beside two that wake each other", served);
        stop.set(true);
        fixture().ledger.settle();
    }

    private static void submitUnless(AtomicBoolean stop, CountedRun run, Scheduler scheduler) {
        if (!stop.get()) {
            run.submit(scheduler);
        }
    }
}
