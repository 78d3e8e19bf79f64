package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads are bounded, by configuration and by what the machine gives. */
@Timeout(120)
class CapTest {
    private final Ledger ledger = new Ledger();

    @Test
    void many_blocking_tasks_get_no_more_threads_than_there_may_be() {
        AdaptiveScheduler scheduler = Schedulers.of(2, 8);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CountedRun> runs = ledger.many(200, i -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Eventually.open("the release", release);
            inside.decrementAndGet();
        });
        runs.forEach(run -> run.submit(scheduler));
        Eventually.until("as many block as there may be threads", () -> inside.get() == 8);
        assertThat(scheduler.statistics().threads()).isEqualTo(8);
        Eventually.until( // one that the monitor moves between two queues is in neither for a moment
                () -> "the others are queued: " + scheduler.statistics(), () -> scheduler.statistics().queued() == 192);

        release.countDown();
        ledger.settle();
        assertThat(most).hasValue(8);
        assertThat(scheduler.statistics().threadsStarted()).isEqualTo(8);
        scheduler.close();
    }

    @Test
    void a_failed_start_lowers_the_bound_and_work_waits_for_the_threads_there_are() {
        AtomicInteger machines = new AtomicInteger();
        AdaptiveScheduler scheduler = Schedulers.started(2, 100, thread -> {
            if (thread instanceof Machine && machines.incrementAndGet() > 2) {
                throw new OutOfMemoryError("unable to create native thread: planted");
            }
            thread.start();
        });
        CountDownLatch release = new CountDownLatch(1);
        List<CountedRun> runs = ledger.many(100, i -> Eventually.open("the release", release));
        runs.forEach(run -> run.submit(scheduler));
        Eventually.until("a start has failed", () -> scheduler.statistics().startFailures() > 0);
        assertThat(scheduler.statistics().threads()).isLessThanOrEqualTo(2);

        release.countDown();
        ledger.settle();
        assertThat(scheduler.statistics().startFailures()).as("no thread is tried for a while").isLessThan(20);
        scheduler.close();
    }

    @Test
    void work_that_came_when_no_thread_could_be_started_runs_when_one_can() {
        AtomicInteger attempts = new AtomicInteger();
        AdaptiveScheduler scheduler = Schedulers.started(2, 100, thread -> {
            if (thread instanceof Machine && attempts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread: planted");
            }
            thread.start();
        });
        CountedRun run = ledger.empty();
        assertThat(run.submit(scheduler)).as("accepted all the same").isTrue();
        ledger.settle();
        assertThat(run.ran()).isEqualTo(1);
        scheduler.close();
    }

    @Test
    void spares_that_are_not_needed_end() {
        AdaptiveScheduler scheduler = Schedulers.impatient(2, 50);
        CountDownLatch all = new CountDownLatch(20);
        ledger.many(20, i -> {
                    all.countDown();
                    Eventually.open("all block at once", all);
                })
                .forEach(run -> run.submit(scheduler));
        ledger.settle();
        assertThat(scheduler.statistics().threadsStarted()).isGreaterThanOrEqualTo(20);
        Eventually.until(() -> "spares end: " + scheduler.statistics(), () -> scheduler.statistics().threads() <= 2);
        scheduler.close();
    }

    @Test
    void fewer_processors_are_used_after_a_change_of_configuration() {
        AdaptiveScheduler scheduler = Schedulers.of(2, 50);
        scheduler.reconfigure(new Settings(
                1, 50, java.time.Duration.ofMillis(10), java.time.Duration.ofSeconds(10)));
        ledger.empty(2_000).forEach(run -> run.submit(scheduler));
        ledger.settle();
        assertThat(scheduler.word.processors()).isEqualTo(1);
        assertThat(scheduler.word.running()).isLessThanOrEqualTo(1);
        scheduler.close();
    }
}
