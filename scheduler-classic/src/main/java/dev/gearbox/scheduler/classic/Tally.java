package dev.gearbox.scheduler.classic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A count that one thread increments without a fence, and any thread reads a little late. */
final class Tally {
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(Tally.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long count;

    /** Adds one; for the one thread that owns it. */
    void increment() {
        COUNT.setOpaque(this, count + 1);
    }

    long get() {
        return (long) COUNT.getOpaque(this);
    }
}
