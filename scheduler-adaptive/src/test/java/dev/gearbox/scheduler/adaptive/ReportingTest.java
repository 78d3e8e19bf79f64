package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import dev.gearbox.support.Watching;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is reported of a task that keeps its thread for long, and when. */
@Timeout(120)
class ReportingTest {
    private final Ledger ledger = new Ledger();
    private final CountDownLatch release = new CountDownLatch(1);
    private AdaptiveScheduler scheduler;

    @AfterEach
    void close() {
        release.countDown();
        if (scheduler != null) {
            scheduler.close();
        }
        ledger.assertNoFaults();
    }

    private void start(int maxThreads, int stacksPerSecond) {
        scheduler = new AdaptiveScheduler(settings(maxThreads, 20, stacksPerSecond));
    }

    private static Settings settings(int maxThreads, int reportAfterMillis, int stacksPerSecond) {
        Settings d = Settings.defaults();
        Watching watching = Watching.of(Settings.PID, 1, 10, 100, reportAfterMillis, stacksPerSecond);
        return new Settings(
                1, maxThreads, d.slice(), d.keepAlive(), d.passedOver(), d.extraBusy(), d.pollEvery(), watching);
    }

    private CountedRun blocking(Runnable first) {
        return ledger.once(() -> {
            first.run();
            Eventually.open("the task is released", release);
        });
    }

    private static BlockedTaskReport next(CountedRun run, int index) {
        Eventually.until("report " + index, () -> run.reports().size() > index);
        return run.reports().get(index);
    }

    @Test
    void a_block_that_nobody_suffers_from_is_told_of_after_a_second_and_at_its_end_though_the_monitor_is_silent() {
        start(10, 50);
        CountedRun run = blocking(() -> {});
        run.submit(scheduler);
        BlockedTaskReport first = next(run, 0);
        assertThat(first.ended()).isFalse();
        assertThat(first.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(first.action()).isEqualTo(Action.NONE_NEEDED);
        assertThat(first.waiting()).isZero();
        assertThat(first.waited()).isZero();
        assertThat(first.duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(first.lock().orElseThrow().lock()).contains("CountDownLatch");
        Eventually.until("the monitor is silent", () -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("gearbox-adaptive-monitor")
                        && thread.getState() == Thread.State.WAITING));
        assertThat(run.reports()).hasSize(1);

        release.countDown();
        BlockedTaskReport last = next(run, 1);
        assertThat(last.ended()).isTrue();
        assertThat(last.duration()).isGreaterThan(first.duration());
        assertThat(last.stack()).isEqualTo(first.stack());
        ledger.settle();
        assertThat(run.reports()).hasSize(2);
        assertThat(scheduler.statistics().handOvers()).isZero();
    }

    @Test
    void a_task_that_computes_is_reported_as_busy_and_its_work_handed_over() {
        start(10, 50);
        AtomicBoolean stop = new AtomicBoolean();
        CountedRun behind = ledger.empty();
        CountedRun run = ledger.once(() -> {
            behind.submit(scheduler);
            while (!stop.get()) {
                Thread.onSpinWait();
            }
        });
        run.submit(scheduler);
        Eventually.until("what is behind it runs", () -> behind.ran() == 1);
        BlockedTaskReport report = next(run, 0);
        assertThat(report.kind()).isEqualTo(Kind.BUSY);
        assertThat(report.action()).isEqualTo(Action.HANDED_OVER);
        assertThat(report.waiting()).isPositive();
        assertThat(report.lock()).isEmpty();
        stop.set(true);
        ledger.settle();
    }

    @Test
    void at_the_bound_on_threads_the_report_says_so_and_how_many_wait() {
        start(1, 50);
        List<CountedRun> behind = ledger.empty(5);
        CountedRun run = blocking(() -> behind.forEach(one -> one.submit(scheduler)));
        run.submit(scheduler);
        BlockedTaskReport report = next(run, 0);
        assertThat(report.action()).isEqualTo(Action.BOUND_REACHED);
        assertThat(report.waiting()).isEqualTo(5);
        assertThat(report.waited()).isGreaterThan(Duration.ofMillis(500));
        release.countDown();
        ledger.settle();
    }

    @Test
    void beyond_the_bound_on_stacks_a_report_has_none() {
        start(10, 0);
        CountedRun run = blocking(() -> {});
        run.submit(scheduler);
        assertThat(next(run, 0).stack()).isEmpty();
        release.countDown();
        ledger.settle();
    }

    @Test
    void a_wait_that_was_announced_and_a_plain_runnable_are_not_reported() {
        start(10, 50);
        CountedRun announced = ledger.once(() -> {
            Machine machine = (Machine) Thread.currentThread();
            machine.beforeBlocking();
            Eventually.open("the task is released", release);
            machine.afterBlocking();
        });
        announced.submit(scheduler);
        CountedRun known = blocking(() -> {});
        known.submit(scheduler::executeBlocking);
        scheduler.execute(() -> Eventually.open("the plain one is released", release));
        CountedRun unannounced = blocking(() -> {});
        unannounced.submit(scheduler);
        next(unannounced, 0);
        release.countDown();
        assertThat(next(unannounced, 1).ended()).isTrue();
        ledger.settle();
        assertThat(announced.reports()).isEmpty();
        assertThat(known.reports()).isEmpty();
    }

    @Test
    void the_least_duration_is_taken_in_place() {
        start(10, 50);
        scheduler.reconfigure(settings(10, 60_000, 50));
        CountedRun quiet = ledger.once(() -> {
            CountDownLatch never = new CountDownLatch(1);
            try {
                assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        quiet.submit(scheduler);
        ledger.settle();
        scheduler.reconfigure(settings(10, 20, 50));
        CountedRun loud = blocking(() -> {});
        loud.submit(scheduler);
        next(loud, 0);
        release.countDown();
        ledger.settle();
        assertThat(quiet.reports()).isEmpty();
    }
}
