package dev.gearbox.scheduler.adaptive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gearbox.support.MonitorParker;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/**
 * The adaptive scheduler's idle word under the model checker: a machine that searches and parks, as its threads do, beside
 * threads that queue work. Work that everybody sleeps through is reported as a deadlock.
 */
class IdleWordParkTest {
    private static final int INVOCATIONS = 1_000;

    /** One machine on the only processor, and a queue that only counts. */
    private static final class Scene {
        private final IdleWord word = new IdleWord(1);
        private final MonitorParker parker = new MonitorParker();
        private final AtomicBoolean parked = new AtomicBoolean();
        private final AtomicInteger queued = new AtomicInteger();
        private boolean searching;

        Scene() {
            word.tryAcquire();
        }

        void push() {
            queued.incrementAndGet();
            wakeOne();
        }

        private void wakeOne() {
            IdleWord.Claim claim = word.claim(false);
            if (claim == IdleWord.Claim.PARKED) {
                if (!parked.compareAndSet(true, false)) {
                    throw new IllegalStateException("a machine was claimed that is not parked");
                }
                parker.unpark();
            } else if (claim != IdleWord.Claim.NOBODY) {
                throw new IllegalStateException(claim + " was claimed, but the only processor is taken or its machine parked");
            }
        }

        /** Takes so much work, parking in between. */
        void take(int count) {
            int left = count;
            while (left > 0) {
                if (tryTake() || search()) {
                    left--;
                    stopSearching();
                } else {
                    park();
                }
            }
        }

        private boolean tryTake() {
            int now = queued.get();
            return now > 0 && queued.compareAndSet(now, now - 1);
        }

        private boolean search() {
            searching = searching || word.trySearch();
            return searching && tryTake();
        }

        private void stopSearching() {
            if (searching) {
                searching = false;
                if (word.stopSearching() && queued.get() > 0) {
                    wakeOne();
                }
            }
        }

        private void park() {
            parked.set(true);
            word.park(true, searching);
            if (word.wantsOne() && queued.get() > 0) {
                wakeOne();
            }
            while (parked.get()) {
                parker.park(Long.MAX_VALUE);
            }
            searching = true;
        }
    }

    @Test
    void a_machine_does_not_sleep_through_work_and_is_claimed_once() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene();
            Thread one = new Thread(scene::push);
            Thread other = new Thread(scene::push);
            one.start();
            other.start();
            scene.take(2);
            join(one);
            join(other);
            assertEquals(0, scene.queued.get());
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
