package dev.gearbox.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A lock that is held for some ten instructions, by whoever extends this; not reentrant. */
abstract class BriefLock {
    /*
     * Taken by compare-and-set, given back by a release store: one read-modify-write where a monitor makes two. Who finds
     * it taken spins, then gives way, so that one whose thread was stopped in the middle is let to go on.
     */
    private static final int SPINS = 100;
    private static final VarHandle LOCKED;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(BriefLock.class, "locked", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile boolean locked;

    final void lock() {
        if (!LOCKED.compareAndSet(this, false, true)) {
            lockSlowly();
        }
    }

    private void lockSlowly() {
        for (int spins = 0; locked || !LOCKED.compareAndSet(this, false, true); spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    final void unlock() {
        LOCKED.setRelease(this, false);
    }
}
