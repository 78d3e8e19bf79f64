package dev.gearbox.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gearbox.support.MonitorParker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/**
 * The thread that waits for the next deadline and those that shorten its wait, under the model checker; time stands still
 * at 0, and a wait that nobody ends is reported as a deadlock.
 */
class TimerPollerParkTest {
    private static final int INVOCATIONS = 4_000;
    private static final int FAR = 1_000;

    private final class Scene {
        private final TimerQueue queue = new TimerQueue(1);
        private final MonitorParker parker = new MonitorParker();
        private final TimerPoller poller = new TimerPoller(queue, () -> 0, thread -> parker);
        private final AtomicInteger fired = new AtomicInteger();

        void arm(long deadline) {
            queue.add(deadline, fired::incrementAndGet);
            poller.shorten(deadline);
        }
    }

    @Test
    void a_wait_without_end_is_ended_by_a_timer_that_is_due() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene();
            Thread arms = new Thread(() -> scene.arm(0));
            arms.start();
            scene.poller.poll(Long.MAX_VALUE);
            join(arms);
            assertEquals(1, scene.fired.get());
        });
    }

    @Test
    void a_wait_for_a_later_deadline_is_ended_by_an_earlier_one_of_two() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene();
            scene.arm(FAR);
            Thread armsInBetween = new Thread(() -> scene.arm(FAR / 2));
            Thread armsDue = new Thread(() -> scene.arm(0));
            armsInBetween.start();
            armsDue.start();
            scene.poller.poll(Long.MAX_VALUE);
            join(armsInBetween);
            join(armsDue);
            assertEquals(1, scene.fired.get());
        });
    }

    @Test
    void a_wake_up_ends_the_wait_or_the_next_one() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene();
            Thread wakes = new Thread(scene.poller::wakeUp);
            wakes.start();
            scene.poller.poll(Long.MAX_VALUE);
            join(wakes);
            assertEquals(0, scene.fired.get());
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
    }
}
