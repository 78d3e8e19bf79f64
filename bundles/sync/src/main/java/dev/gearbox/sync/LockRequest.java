package dev.gearbox.sync;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.spi.Await;

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
        long turn = mutex.tryTake(waiter);
        if (turn == AsyncMutex.NONE) {
            if (waiter == null) {
                waiter = new Waiter();
            }
            mutex.waiting.enter(waiter, waker);
            turn = mutex.tryTake(waiter);
            if (turn == AsyncMutex.NONE) {
                return Poll.pending();
            }
        }
        finished = true;
        if (waiter != null) {
            mutex.waiting.leave(waiter);
        }
        return Poll.ready(new AsyncMutex.Guard(mutex, turn));
    }

    /**
     * Takes a free lock without the preparations for a wait.
     *
     * <p>The guard is made at one place whatever happens before, and this request is not given away: so the compiler sees
     * that both stay within the method of the caller, and makes neither.
     */
    @Override
    public AsyncMutex.Guard await() throws Exception {
        if (finished || waiter != null) {
            return Await.await(this);
        }
        finished = true;
        long turn = Direct.isCancelled() ? AsyncMutex.NONE : mutex.tryTake(null);
        if (turn == AsyncMutex.NONE) {
            turn = Await.await(new LockRequest(mutex)).turn();
        }
        return new AsyncMutex.Guard(mutex, turn);
    }

    @Override
    public void close() {
        if (!finished) {
            finished = true;
            if (waiter != null) {
                mutex.waiting.leave(waiter);
                if (!mutex.isLocked()) {
                    mutex.waiting.wakeOne();
                }
            }
        }
    }
}
