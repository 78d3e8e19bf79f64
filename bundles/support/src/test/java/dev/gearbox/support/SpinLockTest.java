package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SpinLockTest {
    private static final class Counter extends SpinLock {
        int count;
    }

    @Test
    void nobody_takes_it_while_it_is_held() {
        Counter lock = new Counter();
        assertThat(lock.tryLock()).isTrue();
        assertThat(lock.tryLock()).as("not even its holder").isFalse();
        lock.unlock();
        assertThat(lock.tryLock()).isTrue();
    }

    @Test
    void what_it_guards_is_changed_by_one_thread_at_a_time_and_seen_by_the_next() throws InterruptedException {
        Counter lock = new Counter();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int round = 0; round < 100_000; round++) {
                    lock.lock();
                    lock.count++;
                    lock.unlock();
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(lock.count).isEqualTo(400_000);
    }
}
