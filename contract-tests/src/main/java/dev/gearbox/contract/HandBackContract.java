package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.Scheduler;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Leaving gear: everything that is queued goes home, once, and the scheduler stays fit for use. */
interface HandBackContract extends FixtureUser {
    @Test
    default void hand_back_returns_everything_queued_behind_a_blocked_worker() {
        Scheduler scheduler = fixture().scheduler(1);
        List<CountedRun> inside = fixture().ledger.empty(500);
        List<CountedRun> yielded = fixture().ledger.empty(10);
        List<CountedRun> outside = fixture().ledger.empty(1_000);
        CountedRun blocked = blockBehind(scheduler, inside, yielded);
        outside.forEach(run -> run.submit(scheduler));

        scheduler.handBack();

        for (List<CountedRun> runs : List.of(inside, yielded, outside)) {
            assertThat(runs).allMatch(run -> run.handedBack() == 1 && run.ran() == 0);
        }
        assertThat(blocked.handedBack()).as("a run that is being run is not queued").isZero();
        assertThat(scheduler.statistics().queued()).isZero();
        assertThat(scheduler.statistics().handedBack()).isEqualTo(1_510);
    }

    @Test
    default void what_a_worker_submits_after_the_hand_back_has_one_outcome_too() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        List<CountedRun> late = fixture().ledger.empty(300);
        CountDownLatch begun = new CountDownLatch(1);
        fixture().ledger
                .once(() -> {
                    begun.countDown();
                    Eventually.open("the release", release);
                    late.forEach(run -> run.submit(scheduler));
                })
                .submit(scheduler);
        Eventually.open("the run has begun", begun);

        scheduler.handBack();
        release.countDown();

        Eventually.until("all have an outcome", () -> late.stream().allMatch(run -> run.ran() + run.handedBack() > 0));
        fixture().ledger.settle();
    }

    @Test
    default void a_scheduler_that_has_handed_back_runs_what_it_is_given_next() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        CountDownLatch begun = new CountDownLatch(1);
        fixture().ledger
                .once(() -> {
                    begun.countDown();
                    Eventually.open("the release", release);
                })
                .submit(scheduler);
        Eventually.open("the run has begun", begun);
        List<CountedRun> returning = fixture().ledger.empty(1_000);
        returning.forEach(run -> run.withHome(scheduler).submit(scheduler));

        scheduler.handBack(); // their switch still points here
        release.countDown();

        fixture().ledger.settle();
        assertThat(returning).allMatch(run -> run.ran() == 1 && run.handedBack() >= 1);
    }

    @Test
    default void hand_back_returns_queued_blocking_runs() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        List<CountedRun> runs = fixture().ledger.many(300, i -> Eventually.open("the release", release));
        runs.forEach(run -> run.submit(scheduler::executeBlocking));
        Eventually.until("one has begun", () -> runs.stream().anyMatch(run -> run.lastThread() != null));

        scheduler.handBack();
        release.countDown();
        fixture().ledger.settle();

        assertThat(runs).anyMatch(run -> run.handedBack() == 1).anyMatch(run -> run.ran() == 1);
    }

    @Test
    default void plain_runnables_have_no_home_and_are_run_in_spite_of_a_hand_back() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        AtomicInteger plain = new AtomicInteger();
        scheduler.execute(() -> Eventually.open("the release", release));
        for (int i = 0; i < 500; i++) {
            scheduler.execute(plain::incrementAndGet);
        }

        scheduler.handBack();
        release.countDown();

        Eventually.until(() -> "all plain runnables run, but " + plain, () -> plain.get() == 500);
        scheduler.close();
        assertThat(plain).hasValue(500);
    }

    @Test
    default void an_idle_scheduler_hands_back_nothing() {
        Scheduler scheduler = fixture().scheduler();
        scheduler.handBack();
        fixture().ledger.empty().submit(scheduler);
        fixture().ledger.settle();
        scheduler.handBack();
        fixture().ledger.settle();
        assertThat(scheduler.statistics().handedBack()).isZero();
    }

    @Test
    default void workers_that_wait_hand_back_what_they_had_queued() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        Gate gate = new Gate();
        List<CountedRun> queued = fixture().ledger.empty(300);
        CountDownLatch blocked = new CountDownLatch(1);
        CountedRun waiter = fixture().ledger.run(self -> {
            fixture().ledger
                    .once(() -> {
                        queued.forEach(run -> run.submit(scheduler));
                        blocked.countDown();
                        Eventually.open("the release", release); // on top of the waiter's stack
                    })
                    .submit(scheduler);
            gate.passed().await();
            return null;
        });
        waiter.submit(scheduler);
        Eventually.open("the worker works while it waits", blocked);

        scheduler.handBack();

        assertThat(queued).allMatch(run -> run.handedBack() == 1 && run.ran() == 0);
        release.countDown();
        gate.open();
        fixture().ledger.settle();
        assertThat(waiter.ran()).isEqualTo(1);
    }

    /** Blocks the one worker without a word, behind it these runs in its slot and queue. */
    private CountedRun blockBehind(Scheduler scheduler, List<CountedRun> inside, List<CountedRun> yielded) {
        CountDownLatch release = fixture().latch();
        CountDownLatch begun = new CountDownLatch(1);
        CountedRun blocked = fixture().ledger.once(() -> {
            yielded.forEach(run -> run.submit(scheduler::executeYielded));
            inside.forEach(run -> run.submit(scheduler));
            begun.countDown();
            Eventually.open("the release", release);
        });
        blocked.submit(scheduler);
        Eventually.open("the run has begun", begun);
        return blocked;
    }
}
