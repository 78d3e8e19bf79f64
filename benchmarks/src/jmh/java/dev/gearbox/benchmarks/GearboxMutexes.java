package dev.gearbox.benchmarks;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.sync.AsyncMutex;

/**
 * {@link AsyncMutex}: between several tasks in polled style, which waits without a thread; in direct style for one alone, as
 * anybody would write it.
 */
final class GearboxMutexes implements MutexEngine {
    private final GearboxEngine engine;

    GearboxMutexes(GearboxEngine engine) {
        this.engine = engine;
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public Object create() throws Exception {
        AsyncMutex mutex = new AsyncMutex();
        try (AsyncMutex.Guard guard = mutex.lock().await()) {
            return mutex;
        }
    }

    @Override
    public void lock(int tasks, int times) throws Exception {
        Shared shared = new Shared(tasks, times);
        if (shared.alone) {
            engine.runtime().spawn(() -> direct(shared));
        } else {
            polled(shared, tasks);
        }
        shared.finish.await();
        TaskEngine.check("locks", shared.count, (long) tasks * times);
    }

    private static Void direct(Shared shared) throws Exception {
        for (int i = 0; i < shared.times; i++) {
            try (AsyncMutex.Guard guard = shared.mutex.lock().await()) {
                shared.count++;
            }
        }
        shared.finish.arrive();
        return null;
    }

    private void polled(Shared shared, int tasks) {
        for (int i = 0; i < tasks; i++) {
            engine.runtime().spawn(new Locker(i, shared));
        }
    }

    private static final class Shared {
        final AsyncMutex mutex = new AsyncMutex();
        final StartLine line;
        final Finish finish;
        final int times;
        final boolean alone;
        int count;

        Shared(int tasks, int times) {
            this.times = times;
            alone = tasks == 1;
            line = new StartLine(tasks);
            finish = new Finish(tasks);
        }
    }

    private static final class Locker implements Pollable<Void> {
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
            if (done == 0 && request == null && !shared.line.pass(place, waker::wake)) {
                return Poll.pending();
            }
            if (held != null) {
                release();
            }
            while (done < shared.times) {
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
                if (++done % Mutex.HOLD_EVERY == 0) {
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
