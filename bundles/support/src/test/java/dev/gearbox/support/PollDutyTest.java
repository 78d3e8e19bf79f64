package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.PollRole;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollDutyTest {
    /** Keeps the source's own thread inside until it is let go; counts the holder's polls, and those that would have waited. */
    private static final class Slow implements PollDuty.Events {
        final CountDownLatch ownThreadInside = new CountDownLatch(1);
        final CountDownLatch letGo = new CountDownLatch(1);
        final AtomicBoolean wakeUp = new AtomicBoolean();
        private final Thread test = Thread.currentThread();
        int polls;
        int waits;

        @Override
        public int poll(long maxWaitNanos) {
            if (Thread.currentThread() != test) {
                ownThreadInside.countDown();
                await(letGo);
            }
            boolean woken = wakeUp.getAndSet(false);
            if (Thread.currentThread() == test) {
                polls++;
                waits += maxWaitNanos > 0 && !woken ? 1 : 0;
            }
            return 0;
        }

        @Override
        public long nextDeadline() {
            return Long.MAX_VALUE;
        }

        @Override
        public void wakeUp() {
            wakeUp.set(true);
        }
    }

    private final Slow events = new Slow();
    private final PollDuty duty = new PollDuty("test-poll-duty", events);

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Hunts: the own thread, on its way out since a role was announced, takes the wake-up that is meant for the holder. */
    @Test
    void a_wake_up_reaches_the_holder_even_if_the_own_thread_is_still_inside() {
        duty.start();
        await(events.ownThreadInside);
        PollRole role = duty.announce(() -> {});
        role.wakeUp();
        assertThat(role.poll(1_000)).as("somebody is inside").isZero();

        events.letGo.countDown();
        while (events.polls == 0) {
            role.poll(1_000);
        }
        assertThat(events.waits).as("waits in spite of the wake-up").isZero();
        role.poll(1_000);
        assertThat(events.waits).as("waits after it").isEqualTo(1);
        duty.close();
    }

    @Test
    void a_wake_up_that_comes_first_makes_the_next_poll_return_at_once_and_no_other() {
        events.letGo.countDown();
        PollRole role = duty.announce(() -> {});
        role.wakeUp();
        role.wakeUp();
        role.poll(1_000);
        assertThat(events.waits).isZero();
        role.poll(1_000);
        assertThat(events.waits).isEqualTo(1);
    }
}
