package dev.gearbox.support;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** A {@link Parker} for a given thread, on {@link LockSupport}. */
public final class ThreadParker implements Parker {
    /*
     * One word: EMPTY, PERMIT or PARKED.
     *
     *   EMPTY  --park-->   PARKED   the owner is about to sleep, or sleeps
     *   PERMIT --park-->   EMPTY    returns at once
     *   any    --unpark--> PERMIT   and only from PARKED is the thread really unparked (5 µs)
     *   PARKED --owner back without permit--> EMPTY   by exchange: it sees an unpark that came first
     *
     * Every change is a read-modify-write, so what happened before an unpark is seen after the park that takes it.
     */
    private static final int EMPTY = 0;
    private static final int PERMIT = 1;
    private static final int PARKED = 2;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ThreadParker.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Thread owner;
    private volatile int state;

    /** Makes a parker for this thread, which need not have been started. */
    public ThreadParker(Thread owner) {
        this.owner = owner;
    }

    @Override
    public boolean park(long maxNanos) {
        if (!STATE.compareAndSet(this, EMPTY, PARKED)) {
            return (int) STATE.getAndSet(this, EMPTY) == PERMIT;
        }
        if (maxNanos == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, maxNanos);
        }
        return (int) STATE.getAndSet(this, EMPTY) == PERMIT;
    }

    @Override
    public void unpark() {
        if ((int) STATE.getAndSet(this, PERMIT) == PARKED) {
            LockSupport.unpark(owner);
        }
    }
}
