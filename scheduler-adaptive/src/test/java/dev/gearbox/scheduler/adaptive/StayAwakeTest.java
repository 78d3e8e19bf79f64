package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.Eventually;
import dev.gearbox.spi.IoRegistration;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorStatistics;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a machine that polls goes on looking before it sleeps, by a clock that the test moves while the machine sleeps. */
class StayAwakeTest {
    private final AtomicLong now = new AtomicLong();
    private final Selector selector = new Selector();
    private final AdaptiveScheduler scheduler = new AdaptiveScheduler(
            new Settings(1, 2, Duration.ofMillis(10), Duration.ofSeconds(10)), now::get, StayAwakeTest::start);

    private static void start(Thread thread) {
        if (thread instanceof Machine) {
            thread.start();
        }
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void after_three_short_sleeps_it_looks_before_it_sleeps() {
        scheduler.drive(selector, null);
        for (int wakes = 0; wakes < 3; wakes++) {
            assertThat(looksUntilAsleep()).as("after " + wakes + " short sleeps").isZero();
            wake(Duration.ofNanos(0));
        }
        assertThat(looksUntilAsleep()).isPositive();
    }

    @Test
    void after_one_long_sleep_it_sleeps_at_once() {
        scheduler.drive(selector, null);
        for (int wakes = 0; wakes < 4; wakes++) {
            looksUntilAsleep();
            wake(Duration.ofNanos(0));
        }
        assertThat(looksUntilAsleep()).isPositive();
        wake(Duration.ofMillis(1));
        assertThat(looksUntilAsleep()).isZero();
    }

    private int looksUntilAsleep() {
        Eventually.until("it sleeps in the selector", () -> selector.asleep);
        return selector.looks.getAndSet(0);
    }

    private void wake(Duration slept) {
        AtomicInteger ran = new AtomicInteger();
        now.addAndGet(slept.toNanos());
        selector.asleep = false;
        scheduler.execute(ran::incrementAndGet);
        Eventually.until("the run has run", () -> ran.get() == 1);
    }

    /** Counts looks, and sleeps until it is told to wake up. */
    private static final class Selector implements Reactor, PollRole {
        final AtomicInteger looks = new AtomicInteger();
        volatile boolean asleep;
        private final Semaphore wakeUps = new Semaphore(0);

        @Override
        public int poll(long maxWaitNanos) {
            if (maxWaitNanos == 0) {
                looks.incrementAndGet();
                return 0;
            }
            wakeUps.drainPermits(); // of looks; whoever wakes up now finds it asleep
            asleep = true;
            try {
                wakeUps.tryAcquire(10, TimeUnit.SECONDS);
            } catch (InterruptedException late) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }

        @Override
        public long nextDeadline() {
            return Long.MAX_VALUE;
        }

        @Override
        public void wakeUp() {
            wakeUps.release();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            wakeUps.release();
        }

        @Override
        public PollRole announce(Runnable wakeUp) {
            return this;
        }

        @Override
        public IoRegistration register(SelectableChannel channel) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ReactorStatistics statistics() {
            throw new UnsupportedOperationException();
        }
    }
}
