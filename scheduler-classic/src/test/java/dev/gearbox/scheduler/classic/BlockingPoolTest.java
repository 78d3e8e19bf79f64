package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads for blocking calls: how many there are, and who waits. */
@Timeout(120)
class BlockingPoolTest {
    private ClassicScheduler scheduler;

    private void pool(int maxThreads, Duration keepAlive) {
        scheduler = new ClassicScheduler(Small.settings(1, 0, maxThreads, keepAlive));
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void it_grows_to_its_bound_and_what_exceeds_it_waits_in_order() {
        pool(3, Duration.ofSeconds(10));
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(3);
        List<Integer> order = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 2; i++) {
            scheduler.executeBlocking(() -> {
                begun.countDown();
                Eventually.open("the end", release);
            });
        }
        CountDownLatch last = new CountDownLatch(1);
        scheduler.executeBlocking(() -> {
            begun.countDown();
            Eventually.open("the last may go on", last);
        });
        Eventually.open("three have begun", begun);
        for (int i = 0; i < 50; i++) {
            int number = i;
            scheduler.executeBlocking(() -> order.add(number));
        }
        assertThat(scheduler.blocking.threads()).isEqualTo(3);
        assertThat(scheduler.statistics().queued()).isEqualTo(50);

        last.countDown();
        Eventually.until("all have run on one thread", () -> order.size() == 50);

        assertThat(order).isEqualTo(IntStream.range(0, 50).boxed().toList());
        assertThat(scheduler.blocking.threads()).isEqualTo(3);
        release.countDown();
    }

    @Test
    void an_idle_thread_is_used_again() {
        pool(10, Duration.ofSeconds(10));
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 100; i++) {
            scheduler.executeBlocking(() -> threads.add(Thread.currentThread()));
            Eventually.until(
                    "it is idle again",
                    () -> scheduler.statistics().queued() == 0 && scheduler.statistics().running() == 0);
        }
        assertThat(threads).hasSize(1);
    }

    @Test
    void idle_threads_end_after_the_keep_alive_time() {
        pool(10, Duration.ofMillis(30));
        CountDownLatch together = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            scheduler.executeBlocking(() -> {
                together.countDown();
                Eventually.open("all ten", together);
            });
        }
        Eventually.open("all ten", together);
        Eventually.until("they have ended", () -> scheduler.blocking.threads() == 0);
        Eventually.until("one worker is left", () -> scheduler.statistics().threads() == 1);
    }

    @Test
    void a_run_that_comes_when_threads_are_about_to_end_is_run() {
        // hunts the push between the end of the keep-alive time and the end of the thread
        pool(2, Duration.ofNanos(100_000));
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 3_000; i++) {
            int number = i;
            scheduler.executeBlocking(ran::incrementAndGet);
            Eventually.until(() -> "run " + number, () -> ran.get() == number + 1);
        }
    }

    @Test
    void a_thread_does_not_become_idle_while_a_run_waits() {
        // the push came between its last look at the queue and this, when there was nobody to wake
        pool(1, Duration.ofSeconds(10));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        scheduler.executeBlocking(() -> {
            begun.countDown();
            Eventually.open("the release", release);
        });
        Eventually.open("the first has begun", begun);
        scheduler.executeBlocking(() -> {});
        BlockingThread late = new BlockingThread(scheduler, scheduler.blocking, 1);

        scheduler.blocking.rest(late);

        assertThat(late.idle).isFalse();
        release.countDown();
    }

    @Test
    void a_run_that_comes_when_the_only_thread_becomes_idle_is_run() {
        // hunts the push between the thread's last look at the queue and its entry into the list of idle ones
        pool(1, Duration.ofSeconds(1_000));
        AtomicInteger ran = new AtomicInteger();
        for (int i = 1; i <= 20_000; i++) {
            scheduler.executeBlocking(ran::incrementAndGet);
            long start = System.nanoTime();
            while (ran.get() < i) {
                if (System.nanoTime() - start > Eventually.patience().toNanos()) {
                    throw new AssertionError("run " + i + " of an idle pool does not run");
                }
                Thread.onSpinWait();
            }
            long done = System.nanoTime();
            while (System.nanoTime() - done < i % 64 * 50) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_smaller_bound_ends_threads_and_a_larger_one_starts_some_for_what_waits() {
        pool(4, Duration.ofSeconds(10));
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            scheduler.executeBlocking(() -> {
                begun.incrementAndGet();
                Eventually.open("the release", release);
            });
        }
        Eventually.until("four have begun", () -> begun.get() == 4);

        scheduler.reconfigure(Small.settings(1, 0, 6, Duration.ofSeconds(10)));
        Eventually.until("six have begun", () -> begun.get() == 6);
        scheduler.reconfigure(Small.settings(1, 0, 1, Duration.ofSeconds(10)));
        release.countDown();

        Eventually.until("all have begun", () -> begun.get() == 8);
        Eventually.until("one thread is left", () -> scheduler.blocking.threads() == 1);
    }

    @Test
    void blocking_runs_that_wait_for_blocking_runs_do_not_use_the_pool_up() {
        pool(2, Duration.ofSeconds(10));
        AtomicInteger through = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            scheduler.executeBlocking(() -> {
                Gate gate = new Gate();
                scheduler.executeBlocking(gate::open);
                try {
                    gate.passed().await();
                    through.incrementAndGet();
                } catch (Exception failure) {
                    throw new AssertionError(failure);
                }
            });
        }
        Eventually.until(() -> "all come through, but " + through, () -> through.get() == 50);
        assertThat(scheduler.blocking.threads()).isLessThanOrEqualTo(2);
    }
}
