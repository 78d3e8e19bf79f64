package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Pollable;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Each thread counts in one place only, and sums are sums. */
interface StatisticsContract extends FixtureUser {
    @Test
    default void threads_are_counted_in_one_place_only_at_any_time() {
        // hunts a worker that counts as idle and as blocked
        Scheduler scheduler = fixture().scheduler(4);
        AtomicBoolean over = new AtomicBoolean();
        fixture().start(() -> {
            long polls = 0;
            while (!over.get()) {
                SchedulerStatistics now = scheduler.statistics();
                assertConsistent(now);
                assertThat(now.polls()).isGreaterThanOrEqualTo(polls);
                polls = now.polls();
            }
        });
        List<Executor> ways = List.of(scheduler, scheduler::executeYielded, scheduler::executeBlocking);
        for (int i = 0; i < 400; i++) {
            Executor way = ways.get(i % 3);
            fixture().ledger
                    .run(self -> {
                        Pollable.yieldNow().await();
                        return self.ran() < 20 ? way : null;
                    })
                    .submit(way);
        }
        fixture().ledger.settle();
        over.set(true);
        fixture().join();
    }

    @Test
    default void counts_agree_with_what_happened() {
        Scheduler scheduler = fixture().scheduler(2);
        fixture().ledger.empty(5_000).forEach(run -> run.submit(scheduler));
        fixture().ledger.settle();
        Eventually.until(() -> "5000 polls in " + scheduler.statistics(), () -> scheduler.statistics().polls() == 5_000);
        Eventually.until(
                () -> "no worker runs when there is nothing to run: " + scheduler.statistics(),
                () -> scheduler.statistics().running() == 0);

        SchedulerStatistics idle = scheduler.statistics();
        assertConsistent(idle);
        assertThat(idle.queued()).isZero();
        assertThat(idle.blocked()).isZero();
        assertThat(idle.handedBack()).isZero();
        assertThat(idle.startFailures()).isZero();
        assertThat(idle.threadsStarted()).isGreaterThanOrEqualTo(idle.threads());
    }

    @Test
    default void what_is_queued_behind_a_blocked_worker_is_counted_as_queued() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        CountDownLatch begun = new CountDownLatch(1);
        fixture().ledger
                .once(() -> {
                    fixture().ledger.empty(400).forEach(run -> run.submit(scheduler));
                    begun.countDown();
                    Eventually.open("the release", release);
                })
                .submit(scheduler);
        Eventually.open("the run has begun", begun);
        fixture().ledger.empty(300).forEach(run -> run.submit(scheduler));

        Eventually.until( // one on its way between two queues is in neither for a moment
                () -> "all are queued: " + scheduler.statistics(), () -> scheduler.statistics().queued() == 700);
        release.countDown();
        fixture().ledger.settle();
    }

    private static void assertConsistent(SchedulerStatistics now) {
        assertThat(now.running()).as("running in %s", now).isNotNegative();
        assertThat(now.parked()).as("parked in %s", now).isNotNegative();
        assertThat(now.blocked()).as("blocked in %s", now).isNotNegative();
        assertThat(now.queued()).as("queued in %s", now).isNotNegative();
        assertThat(now.running() + now.parked() + now.blocked())
                .as("running, parked and blocked in %s", now)
                .isLessThanOrEqualTo(now.threads());
        assertThat(now.threads()).as("threads in %s", now).isLessThanOrEqualTo(now.maxThreads());
    }
}
