package dev.gearbox.sync;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.spi.Run;
import dev.gearbox.spi.WorkerThread;

/** One wait for a mutex. */
final class LockRequest implements Pollable<AsyncMutex.Guard> {
    private final AsyncMutex mutex;

    /** Null until it has to wait. */
    private Waiter waiter;

    private boolean finished;

    LockRequest(AsyncMutex mutex) {
        this.mutex = mutex;
    }

    @Override
    public Poll<AsyncMutex.Guard> poll(Waker waker) {
        if (finished) {
            throw new IllegalStateException("polled again after it had finished");
        }
        AsyncMutex.Guard guard = mutex.tryLock(waiter);
        if (guard == null) {
            if (waiter == null) {
                waiter = new Waiter();
            }
            mutex.waiting.enter(waiter, waker);
            guard = mutex.tryLock(waiter);
            if (guard == null) {
                return Poll.pending();
            }
        }
        finished = true;
        if (waiter != null) {
            mutex.waiting.leave(waiter);
        }
        return Poll.ready(guard);
    }

    /** Takes a free lock without the preparations for a wait. */
    @Override
    public AsyncMutex.Guard await() throws Exception {
        if (!finished && waiter == null && !isCancelled()) {
            AsyncMutex.Guard guard = mutex.tryLock();
            if (guard != null) {
                finished = true;
                return guard;
            }
        }
        return Pollable.super.await();
    }

    private static boolean isCancelled() {
        if (Thread.currentThread() instanceof WorkerThread worker) {
            Run run = worker.currentRun();
            return run != null && run.isCancelled();
        }
        return false;
    }

    @Override
    public void close() {
        if (!finished) {
            finished = true;
            if (waiter != null && mutex.waiting.leave(waiter)) {
                mutex.waiting.wakeOne();
            }
        }
    }
}
