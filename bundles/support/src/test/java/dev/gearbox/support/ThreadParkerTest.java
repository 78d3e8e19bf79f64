package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One permit, and no wake is lost. */
@Timeout(60)
class ThreadParkerTest {
    private final ThreadParker parker = new ThreadParker(Thread.currentThread());

    @Test
    void a_permit_that_is_there_already_is_taken_at_once() {
        parker.unpark();
        assertThat(parker.park(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void two_permits_are_one() {
        parker.unpark();
        parker.unpark();
        assertThat(parker.park(Long.MAX_VALUE)).isTrue();
        assertThat(parker.park(1_000)).isFalse();
    }

    @Test
    void without_a_permit_the_time_passes() {
        long start = System.nanoTime();
        assertThat(parker.park(2_000_000)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
    }

    @Test
    void no_time_means_no_wait() {
        assertThat(parker.park(0)).isFalse();
        assertThat(parker.park(-1)).isFalse();
        parker.unpark();
        assertThat(parker.park(0)).isTrue();
    }

    @Test
    void an_interrupt_ends_the_wait_without_a_permit_and_stays() {
        Thread.currentThread().interrupt();
        assertThat(parker.park(Long.MAX_VALUE)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void somebody_elses_unpark_ends_the_wait_without_a_permit() {
        LockSupport.unpark(Thread.currentThread());
        assertThat(parker.park(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void a_permit_given_while_the_time_runs_out_is_not_lost() {
        parker.park(1);
        parker.unpark();
        assertThat(parker.park(Long.MAX_VALUE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void two_threads_that_wake_each_other_never_miss_a_wake(long seed) throws InterruptedException {
        int rounds = 20_000;
        AtomicInteger turn = new AtomicInteger();
        ThreadParker[] parkers = new ThreadParker[2];
        Thread[] threads = new Thread[2];
        for (int t = 0; t < 2; t++) {
            int me = t;
            Random random = new Random(seed * 2 + t);
            threads[t] = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    while (turn.get() != 2 * i + me) {
                        parkers[me].park(Long.MAX_VALUE);
                    }
                    for (int spin = random.nextInt(100); spin > 0; spin--) {
                        Thread.onSpinWait();
                    }
                    turn.incrementAndGet();
                    parkers[1 - me].unpark();
                }
            });
            parkers[t] = new ThreadParker(threads[t]);
            threads[t].setDaemon(true);
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(turn).hasValue(2 * rounds);
    }

    @Test
    void what_was_written_before_the_unpark_is_seen_after_the_park() throws InterruptedException {
        int[] plain = new int[1];
        for (int i = 1; i <= 2_000; i++) {
            int value = i;
            Thread other = new Thread(() -> {
                plain[0] = value;
                parker.unpark();
            });
            other.start();
            while (!parker.park(Long.MAX_VALUE)) {
                assertThat(other).isNotNull();
            }
            assertThat(plain[0]).isEqualTo(value);
            other.join();
        }
    }
}
