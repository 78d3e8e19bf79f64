package dev.gearbox.compare.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class IdleTest {
    @Test
    void the_activity_of_threads_is_seen_by_their_names() throws Exception {
        assumeThat(ThreadActivity.isAvailable()).isTrue();
        CountDownLatch over = new CountDownLatch(1);
        Semaphore turns = new Semaphore(0);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(50);
        Thread thread = new Thread(
                () -> {
                    started.countDown(); // the system knows its name from here on
                    while (over.getCount() > 0) {
                        turns.acquireUninterruptibly();
                        taken.countDown();
                    }
                },
                "activity-test-with-a-long-name");
        thread.start();
        started.await();
        List<String> names = List.of("activity-test-with-a-long-name");
        ThreadActivity before = ThreadActivity.of(names);
        for (int i = 0; i < 50; i++) {
            turns.release();
            while (taken.getCount() > 49 - i) {
                Thread.onSpinWait();
            }
        }
        ThreadActivity after = ThreadActivity.of(names);
        over.countDown();
        turns.release();
        thread.join();

        assertThat(before.threads()).isEqualTo(1);
        assertThat(after.threads()).isEqualTo(1);
        assertThat(after.switchesSince(before)).isPositive();
        assertThat(after.cpuNanosSince(before)).isPositive();
        assertThat(ThreadActivity.of(List.of("no-such-thread")).threads()).isZero();
    }
}
