package dev.gearbox.support;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock for some hundred instructions: whoever finds it taken spins, then yields.
 *
 * <p>Taken by compare-and-set and given back by a release store: one atomic read-modify-write, where a monitor or a
 * {@link java.util.concurrent.locks.ReentrantLock} makes two or more. Not reentrant, not fair, and not to be held over
 * anything that may block. To be extended by what it guards, which saves an object. Thread-safe.
 */
public class SpinLock {
    private static final int SPINS = 100;
    private static final VarHandle LOCKED;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(SpinLock.class, "locked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile boolean locked;

    /** Makes a free one. */
    protected SpinLock() {}

    /** Takes the lock if it is free. */
    public final boolean tryLock() {
        return !locked && LOCKED.compareAndSet(this, false, true);
    }

    /** Takes the lock as soon as it is free. */
    public final void lock() {
        for (int spins = 0; !tryLock(); spins++) {
            pause(spins);
        }
    }

    /** Lets a moment pass before the next look at what is about to happen: spins for the first looks, then yields. */
    public static void pause(int looks) {
        if (looks < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /** Gives the lock back; for its holder. */
    public final void unlock() {
        LOCKED.setRelease(this, false);
    }
}
