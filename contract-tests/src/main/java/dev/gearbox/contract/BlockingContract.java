package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.Scheduler;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Runs that are known to block are run once and hold nobody up. */
interface BlockingContract extends FixtureUser {
    @Test
    default void blocking_runs_are_run_once_each() {
        Scheduler scheduler = fixture().scheduler();
        List<CountedRun> runs = fixture().ledger.empty(1_000);

        runs.forEach(run -> run.submit(scheduler::executeBlocking));
        fixture().ledger.settle();

        assertThat(runs).allMatch(run -> run.ran() == 1);
    }

    @Test
    default void blocking_runs_from_inside_are_run_once_each() {
        Scheduler scheduler = fixture().scheduler();
        List<CountedRun> runs = fixture().ledger.empty(1_000);

        fixture().ledger
                .once(() -> runs.forEach(run -> run.submit(scheduler::executeBlocking)))
                .submit(scheduler);
        Eventually.until("all blocking runs run", () -> runs.stream().allMatch(run -> run.ran() == 1));
        fixture().ledger.settle();
    }

    @Test
    default void blocked_runs_that_were_announced_hold_nobody_up() {
        Scheduler scheduler = fixture().scheduler();
        CountDownLatch release = fixture().latch();
        CountDownLatch blocked = new CountDownLatch(2 * SchedulerFixture.PROCESSORS);
        for (int i = 0; i < 2 * SchedulerFixture.PROCESSORS; i++) {
            fixture().ledger
                    .once(() -> {
                        blocked.countDown();
                        Eventually.open("the release", release);
                    })
                    .submit(scheduler::executeBlocking);
        }
        Eventually.open("all blocking runs have begun", blocked);

        List<CountedRun> others = fixture().ledger.empty(1_000);
        others.forEach(run -> run.submit(scheduler));
        Eventually.until("others run meanwhile", () -> others.stream().allMatch(run -> run.ran() == 1));

        release.countDown();
        fixture().ledger.settle();
    }

    @Test
    default void more_blocking_runs_than_threads_are_queued_and_run_in_the_end() {
        Scheduler scheduler = fixture().scheduler(2);
        CountDownLatch release = fixture().latch();
        List<CountedRun> runs = fixture().ledger.many(300, i -> Eventually.open("the release", release));

        runs.forEach(run -> run.submit(scheduler::executeBlocking));
        Eventually.until("the first has begun", () -> runs.stream().anyMatch(run -> run.lastThread() != null));
        release.countDown();
        fixture().ledger.settle();

        assertThat(runs).allMatch(run -> run.ran() == 1);
        assertThat(runs.stream().map(CountedRun::lastThread).distinct().count())
                .as("threads for 300 blocking runs of a small scheduler")
                .isLessThan(300);
    }
}
