package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import dev.gearbox.support.Watching;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dry run tells what holds workers up, does nothing about it, and costs no thread while it is off. */
@Timeout(120)
class DryRunTest {
    private static final String THREAD = "gearbox-classic-monitor";

    private final Ledger ledger = new Ledger();
    private ClassicScheduler scheduler;

    @AfterEach
    void close() {
        if (scheduler != null) {
            scheduler.close();
        }
        ledger.assertNoFaults();
        Eventually.until("the monitor's thread has ended", () -> monitors() == 0);
    }

    private static Settings settings(boolean dryRun) {
        return new Settings(1, 10, 10, Duration.ofSeconds(10), dryRun, Watching.DEFAULT);
    }

    @Test
    void a_task_that_blocks_without_saying_so_is_reported_with_what_waits_behind_it_and_nothing_is_done() {
        scheduler = new ClassicScheduler(settings(true));
        CountDownLatch release = new CountDownLatch(1);
        CountedRun behind = ledger.empty();
        CountedRun blocked = ledger.once(() -> {
            behind.submit(scheduler);
            Eventually.open("the task is released", release);
        });
        blocked.submit(scheduler);
        Eventually.until("it is told of although it has not ended", () -> !blocked.reports().isEmpty());
        BlockedTaskReport first = blocked.reports().get(0);
        assertThat(first.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(first.action()).isEqualTo(Action.REPORTED_ONLY);
        assertThat(first.scheduler()).isEqualTo("classic");
        assertThat(first.ended()).isFalse();
        assertThat(first.waiting()).isPositive();
        assertThat(first.stack()).anyMatch(frame -> frame.getClassName().startsWith(DryRunTest.class.getName()));
        assertThat(first.lock()).isPresent();
        assertThat(behind.ran()).as("what waits behind it waits").isZero();

        release.countDown();
        ledger.settle();
        Eventually.until("its end is told", () -> blocked.reports().size() == 2);
        assertThat(blocked.reports().get(1).ended()).isTrue();
        assertThat(blocked.reports().get(1).duration()).isGreaterThanOrEqualTo(first.duration());
        assertThat(scheduler.statistics().handOvers()).isZero();
    }

    @Test
    void blocking_that_is_announced_or_in_the_pool_is_not_reported() {
        scheduler = new ClassicScheduler(settings(true));
        CountDownLatch release = new CountDownLatch(1);
        CountedRun inPool = ledger.once(() -> Eventually.open("the pool's task is released", release));
        inPool.submit(scheduler::executeBlocking);
        CountedRun announced = ledger.once(() -> {
            ClassicThread thread = (ClassicThread) Thread.currentThread();
            assertThat(thread.beforeBlocking()).isTrue();
            Eventually.open("the task is released", release);
            thread.afterBlocking();
        });
        announced.submit(scheduler);
        CountedRun plainlyBlocked = ledger.once(() -> Eventually.open("the task is released", release));
        plainlyBlocked.submit(scheduler);
        Eventually.until("the other one is reported", () -> !plainlyBlocked.reports().isEmpty());
        release.countDown();
        ledger.settle();
        Eventually.until("its end is told", () -> plainlyBlocked.reports().size() == 2);
        assertThat(inPool.reports()).isEmpty();
        assertThat(announced.reports()).isEmpty();
    }

    @Test
    void it_is_switched_on_and_off_while_tasks_run_and_has_a_thread_only_while_it_is_on() {
        scheduler = new ClassicScheduler(settings(false));
        AtomicBoolean stop = new AtomicBoolean();
        CountedRun turning = ledger.run(self -> stop.get() ? null : scheduler::executeYielded);
        turning.submit(scheduler);
        assertThat(monitors()).as("threads while it is off").isZero();
        scheduler.reconfigure(settings(true));
        Eventually.until("its thread is there", () -> monitors() == 1);
        scheduler.reconfigure(settings(false));
        Eventually.until("its thread has ended", () -> monitors() == 0);
        int before = turning.ran();
        Eventually.until("the task still turns", () -> turning.ran() > before + 10);
        stop.set(true);
        ledger.settle();
    }

    @Test
    void it_is_silent_when_nothing_runs() {
        scheduler = new ClassicScheduler(settings(true));
        ledger.empty().submit(scheduler);
        ledger.settle();
        Eventually.until("its thread waits without limit", () -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(THREAD) && thread.getState() == Thread.State.WAITING));
    }

    private static long monitors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD))
                .count();
    }
}
