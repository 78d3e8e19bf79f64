package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.Scheduler;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted is run once, soon, and never on the caller's stack (which {@link CountedRun} always checks). */
interface ExecuteContract extends FixtureUser {
    /** More than fit into one local queue, several times over. */
    int MANY = 3_000;

    @Test
    default void runs_from_outside_are_run_once_each() {
        Scheduler scheduler = fixture().scheduler();

        List<CountedRun> runs = fixture().ledger.empty(MANY);
        runs.forEach(run -> run.submit(scheduler));

        assertEachRanOnce(runs);
    }

    @Test
    default void runs_from_inside_are_run_once_each() {
        Scheduler scheduler = fixture().scheduler();
        List<CountedRun> runs = fixture().ledger.empty(MANY);

        fixture().ledger.once(() -> runs.forEach(run -> run.submit(scheduler))).submit(scheduler);

        assertEachRanOnce(runs);
    }

    @Test
    default void yielded_runs_from_inside_and_outside_are_run_once_each() {
        Scheduler scheduler = fixture().scheduler();
        List<CountedRun> runs = fixture().ledger.empty(MANY);
        Executor yielded = scheduler::executeYielded;

        fixture().ledger
                .once(() -> runs.subList(0, MANY / 2).forEach(run -> run.submit(yielded)))
                .submit(scheduler);
        runs.subList(MANY / 2, MANY).forEach(run -> run.submit(yielded));

        assertEachRanOnce(runs);
    }

    @Test
    default void runs_from_a_blocking_run_are_run_once_each() {
        Scheduler scheduler = fixture().scheduler();
        List<CountedRun> runs = fixture().ledger.empty(MANY);

        fixture().ledger
                .once(() -> runs.forEach(run -> run.submit(scheduler)))
                .submit(scheduler::executeBlocking);

        assertEachRanOnce(runs);
    }

    @Test
    default void plain_runnables_are_run_once_each() {
        Scheduler scheduler = fixture().scheduler();
        AtomicInteger count = new AtomicInteger();

        for (int i = 0; i < MANY; i++) {
            scheduler.execute(count::incrementAndGet);
            scheduler.executeYielded(count::incrementAndGet);
        }
        scheduler.executeBlocking(count::incrementAndGet);

        Eventually.until(() -> "all run, but " + count, () -> count.get() >= 2 * MANY + 1);
        scheduler.close();
        assertThat(count).hasValue(2 * MANY + 1);
    }

    @Test
    default void runs_that_submit_themselves_again_run_again() {
        Scheduler scheduler = fixture().scheduler();
        int times = 200;

        for (Executor how : List.<Executor>of(scheduler, scheduler::executeYielded, scheduler::executeBlocking)) {
            CountedRun run = fixture().ledger.run(self -> self.ran() + 1 < times ? how : null);
            run.submit(how);
            fixture().ledger.settle();
            assertThat(run.ran()).isEqualTo(times);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    default void a_scheduler_that_has_gone_to_sleep_wakes_up_for_each_run(int maxThreads) {
        // hunts the run that is queued just when the last worker decides to park
        Scheduler scheduler = fixture().scheduler(maxThreads);
        Random random = new Random(maxThreads);
        for (int i = 0; i < 3_000; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            fixture().ledger.once(ran::countDown).submit(scheduler);
            Eventually.open("run number " + i, ran);
            long spin = System.nanoTime() + random.nextInt(60_000);
            while (System.nanoTime() < spin) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    default void runs_from_many_threads_at_once_are_run_once_each() {
        Scheduler scheduler = fixture().scheduler();
        List<CountedRun> runs = fixture().ledger.empty(4 * MANY);

        for (int t = 0; t < 4; t++) {
            List<CountedRun> mine = runs.subList(t * MANY, (t + 1) * MANY);
            fixture().start(() -> mine.forEach(run -> run.submit(scheduler)));
        }
        fixture().join();

        assertEachRanOnce(runs);
    }

    @Test
    default void what_was_done_before_execute_is_seen_by_the_run() {
        Scheduler scheduler = fixture().scheduler();
        for (int i = 0; i < MANY; i++) {
            int[] plain = new int[1];
            CountedRun run = fixture().ledger.once(() -> assertThat(plain[0]).isEqualTo(1));
            plain[0] = 1;
            run.submit(scheduler);
        }
        fixture().ledger.settle();
    }

    private void assertEachRanOnce(List<CountedRun> runs) {
        Eventually.until(() -> "all run", () -> runs.stream().allMatch(run -> run.ran() > 0));
        fixture().ledger.settle();
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.ran()).isEqualTo(1);
            assertThat(run.handedBack()).isZero();
        });
    }
}
