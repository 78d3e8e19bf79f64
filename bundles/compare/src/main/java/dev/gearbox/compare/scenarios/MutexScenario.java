package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.sync.AsyncMutex;

/** Tasks that increase one plain counter under one {@link AsyncMutex}. */
abstract class MutexScenario extends TaskScenario {
    /*
     * The tasks start together. That alone is no contention: where one thread runs them all, each would take all its locks
     * in one go. So every HOLD_EVERY-th time a task keeps the lock over a yield, and the others find it taken, whichever
     * scheduler runs them.
     */
    private static final int HOLD_EVERY = 100;

    private final int tasks;
    private final int locks;

    MutexScenario(String name, String description, int iterations, int tasks, int locks) {
        super(name, description, iterations);
        this.tasks = tasks;
        this.locks = locks;
    }

    @Override
    final void iterate(AsyncRuntime runtime) throws Exception {
        Shared shared = new Shared(tasks);
        for (int i = 0; i < tasks; i++) {
            runtime.spawn(new Locker(i, shared));
        }
        shared.finish.await();
        if (shared.count != tasks * locks) {
            throw new LostWorkException("the lock counted " + shared.count + " instead of " + tasks * locks);
        }
    }

    private static final class Shared {
        final AsyncMutex mutex = new AsyncMutex();
        final StartLine line;
        final Finish finish;
        int count;

        Shared(int tasks) {
            line = new StartLine(tasks);
            finish = new Finish(tasks);
        }
    }

    private final class Locker implements Pollable<Void> {
        private final int place;
        private final Shared shared;
        private Pollable<AsyncMutex.Guard> request;
        private AsyncMutex.Guard held;
        private int done;

        Locker(int place, Shared shared) {
            this.place = place;
            this.shared = shared;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            if (done == 0 && !shared.line.pass(place, waker)) {
                return Poll.pending();
            }
            if (held != null) {
                release();
            }
            while (done < locks) {
                if (request == null) {
                    request = shared.mutex.lock();
                }
                Poll<AsyncMutex.Guard> poll = request.poll(waker);
                if (!poll.isReady()) {
                    return Poll.pending();
                }
                request = null;
                held = poll.value();
                shared.count++;
                done++;
                if (tasks > 1 && done % HOLD_EVERY == 0) {
                    waker.wake();
                    return Poll.pending();
                }
                release();
            }
            shared.finish.arrive();
            return Poll.ready(null);
        }

        private void release() {
            held.close();
            held = null;
        }
    }
}
