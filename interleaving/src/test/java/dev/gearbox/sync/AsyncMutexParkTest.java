package dev.gearbox.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** A mutex and its waiters under the model checker; a waiter that is left waiting is reported as a deadlock. */
class AsyncMutexParkTest {
    private static final int INVOCATIONS = 2_000;

    private static final class Scene {
        final AsyncMutex mutex = new AsyncMutex();
        int locked; // plain: the lock guards it

        void lockAndUnlock() {
            AsyncMutex.Guard guard = Blocking.get(mutex.lock());
            locked++;
            guard.close();
        }

        void lockOrGiveUp() {
            Pollable<AsyncMutex.Guard> request = mutex.lock();
            try {
                Poll<AsyncMutex.Guard> poll = request.poll(() -> {});
                if (poll.isReady()) {
                    poll.value().close();
                }
                request.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void three_who_lock_exclude_each_other_and_none_is_left_waiting() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene();
            Thread one = new Thread(scene::lockAndUnlock);
            Thread other = new Thread(scene::lockAndUnlock);
            one.start();
            other.start();
            scene.lockAndUnlock();
            Blocking.join(one);
            Blocking.join(other);
            assertEquals(3, scene.locked);
            assertEquals(0, scene.mutex.waiting.size());
        });
    }

    @Test
    void whoever_gives_up_passes_the_turn_on() {
        Lincheck.runConcurrentTest(INVOCATIONS, () -> {
            Scene scene = new Scene();
            AsyncMutex.Guard held = scene.mutex.tryLock();
            Thread waits = new Thread(scene::lockAndUnlock);
            Thread givesUp = new Thread(scene::lockOrGiveUp);
            waits.start();
            givesUp.start();
            held.close();
            Blocking.join(waits);
            Blocking.join(givesUp);
            assertEquals(1, scene.locked);
            assertEquals(0, scene.mutex.waiting.size());
        });
    }
}
