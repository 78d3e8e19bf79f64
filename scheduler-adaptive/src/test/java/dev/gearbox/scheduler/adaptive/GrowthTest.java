package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many threads blocked tasks get, and when they get no more. */
@Timeout(120)
class GrowthTest {
    private final Ledger ledger = new Ledger();
    private final AtomicBoolean refused = new AtomicBoolean();
    private final AtomicLong ahead = new AtomicLong();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private AdaptiveScheduler scheduler = Schedulers.of(2, 100);

    @AfterEach
    void close() {
        release.countDown();
        scheduler.close();
        ledger.assertNoFaults();
    }

    @Test
    void after_a_failed_start_threads_are_started_again_when_that_is_possible() {
        scheduler = hindered();
        refused.set(true);
        ledger.many(10, i -> block()).forEach(run -> run.submit(scheduler));
        Eventually.until("a start has failed", () -> scheduler.statistics().startFailures() > 0);
        assertThat(inside.get()).isLessThan(10);

        refused.set(false);
        ahead.addAndGet(TimeUnit.SECONDS.toNanos(1));
        Eventually.until("all have threads", () -> inside.get() == 10);
        release.countDown();
        ledger.settle();
    }

    @Test
    void failed_starts_are_told_of_once_in_a_cool_down() throws InterruptedException {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                told.add(event.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.gearbox.scheduler.adaptive");
        logger.addHandler(handler);
        CyclicBarrier meeting = new CyclicBarrier(2);
        scheduler = new AdaptiveScheduler(
                new Settings(2, 100, Duration.ofMillis(10), Duration.ofSeconds(10)),
                () -> System.nanoTime() + ahead.get(),
                thread -> {
                    meet(meeting);
                    throw new OutOfMemoryError("unable to create native thread: planted");
                });
        try {
            for (int coolDown = 1; coolDown <= 2; coolDown++) {
                Thread other = new Thread(() -> scheduler.machines.start(Machine.SUMMONED, null));
                other.start();
                assertThat(scheduler.machines.start(Machine.SUMMONED, null)).isFalse();
                other.join();
                assertThat(scheduler.statistics().startFailures()).isEqualTo(2 * coolDown);
                assertThat(told).hasSize(coolDown);
                ahead.addAndGet(TimeUnit.SECONDS.toNanos(1));
            }
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void no_more_threads_are_started_for_tasks_that_wait_for_one_lock_until_it_is_free() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        assertThreadsStayFew(() -> {
            lock.lock();
            lock.unlock();
        });
        lock.unlock();
        assertGrowthGoesOn();
    }

    @Test
    void no_more_threads_are_started_for_tasks_that_wait_for_one_monitor_until_it_is_free() {
        Object monitor = new Object();
        synchronized (monitor) {
            List<CountedRun> runs = assertThreadsStayFew(() -> {
                synchronized (monitor) {
                    inside.get();
                }
            });
            Eventually.until("reports of long waits", () -> runs.stream().anyMatch(GrowthTest::namesLock));
        }
        assertGrowthGoesOn();
    }

    private static boolean namesLock(CountedRun run) {
        return run.reports().stream()
                .filter(report -> report.action() == Action.SAME_LOCK)
                .flatMap(report -> report.lock().stream())
                .anyMatch(wait -> wait.lock().startsWith("java.lang.Object@")
                        && wait.owner().equals(Optional.of(Thread.currentThread().getName())));
    }

    private List<CountedRun> assertThreadsStayFew(Runnable waiting) {
        List<CountedRun> runs = ledger.many(90, i -> waiting.run());
        runs.forEach(run -> run.submit(scheduler));
        Eventually.until("the lock is known", () -> scheduler.sharedLock.isWaitedFor());
        int threads = scheduler.statistics().threads();
        long rounds = scheduler.statistics().monitorWakeUps();
        Eventually.until("the monitor has looked often", () -> scheduler.statistics().monitorWakeUps() > rounds + 30);
        assertThat(scheduler.statistics().threads()).isLessThan(threads + 10).isLessThan(80);
        return runs;
    }

    private void assertGrowthGoesOn() {
        ledger.settle();
        ledger.many(60, i -> block()).forEach(run -> run.submit(scheduler));
        Eventually.until("all have threads", () -> inside.get() == 60);
        release.countDown();
        ledger.settle();
    }

    @Test
    void a_flood_of_tasks_that_block_ends_on_the_threads_there_may_be() {
        AtomicInteger most = new AtomicInteger();
        for (CountedRun run : ledger.many(2_000, i -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            LockSupport.parkNanos(5_000_000);
            inside.decrementAndGet();
        })) {
            run.submit(scheduler);
        }
        ledger.settle();
        assertThat(most.get()).isBetween(3, 100);
        assertThat(scheduler.statistics().threadsStarted()).isLessThanOrEqualTo(100);
    }

    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private void block() {
        inside.incrementAndGet();
        Eventually.open("the release", release);
    }

    /** A scheduler whose third and further threads cannot be started while that is refused, with a clock to be put on. */
    private AdaptiveScheduler hindered() {
        return new AdaptiveScheduler(
                new Settings(2, 100, Duration.ofMillis(10), Duration.ofSeconds(10)),
                () -> System.nanoTime() + ahead.get(),
                thread -> {
                    if (refused.get() && thread instanceof Machine && scheduler.machines.all().length > 2) {
                        throw new OutOfMemoryError("unable to create native thread: planted");
                    }
                    thread.start();
                });
    }
}
