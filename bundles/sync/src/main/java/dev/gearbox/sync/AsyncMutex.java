package dev.gearbox.sync;

import dev.gearbox.Pollable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock that a task, not a thread, holds: it may be kept while the task waits, and be released on another thread.
 *
 * <pre>{@code
 * try (AsyncMutex.Guard guard = mutex.lock().await()) {
 *     ...
 * }
 * }</pre>
 *
 * <p><b>Fairness.</b> Fast rather than fair: a free lock goes to whoever comes first, also past those that were woken for
 * it and are on their way. Those who wait are woken in the order in which they came. One that was woken four times and came
 * too late each time is preferred: until it has had the lock, all others line up behind it.
 *
 * <p>Not reentrant. What was done under the lock happens-before the next acquisition. Thread-safe.
 */
public final class AsyncMutex {
    /*
     * `turn` is odd while locked. Locking adds one by compare-and-set, and so does unlocking, from exactly the value that
     * the guard remembers: a guard closed twice, even by two threads at once, finds another turn and does nothing. There
     * are 2^62 turns. A number instead of the guard's reference, so that storing it needs no barrier of the collector and
     * a guard that stays within one method needs no memory.
     *
     * Waiting is WaitQueue's protocol.
     */

    /** No turn. */
    static final long NONE = 0;

    private static final VarHandle TURN;

    static {
        try {
            TURN = MethodHandles.lookup().findVarHandle(AsyncMutex.class, "turn", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    final WaitQueue waiting = new WaitQueue();
    private volatile long turn;

    /** Makes a free lock. */
    public AsyncMutex() {}

    /**
     * Returns a pollable that ends with the lock held.
     *
     * <p>Closing it before it is ready gives the wait up, and its turn goes to the next. Once it was ready only the guard
     * releases the lock.
     */
    public Pollable<Guard> lock() {
        return new LockRequest(this);
    }

    /** Takes the lock if it is free; never waits. Returns null, which try-with-resources accepts, if it is not. */
    public Guard tryLock() {
        long taken = tryTake(null);
        return taken == NONE ? null : new Guard(this, taken);
    }

    /** Returns whether anybody holds the lock at this moment. */
    public boolean isLocked() {
        return (turn & 1) != 0;
    }

    /** Locks if it is free and the waiter, or a newcomer if that is null, may; returns the turn, or {@link #NONE}. */
    long tryTake(Waiter waiter) {
        long free = turn;
        return (free & 1) == 0 && waiting.lets(waiter) && TURN.compareAndSet(this, free, free + 1) ? free + 1 : NONE;
    }

    private void unlock(long held) {
        if (TURN.compareAndSet(this, held, held + 1)) {
            waiting.wakeOne();
        }
    }

    /** Stands for the lock being held, by whoever has this; may be passed to another thread. */
    public static final class Guard implements AutoCloseable {
        private final AsyncMutex mutex;
        private final long turn;

        Guard(AsyncMutex mutex, long turn) {
            this.mutex = mutex;
            this.turn = turn;
        }

        long turn() {
            return turn;
        }

        /** Releases the lock; further calls, by any thread, do nothing. Never blocks. */
        @Override
        public void close() {
            mutex.unlock(turn);
        }
    }
}
