package dev.gearbox.scheduler.adaptive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What one machine counts of itself: without a fence, and read a little late by others. */
final class Counts {
    /** One count. */
    static final class Count {
        private static final VarHandle VALUE;

        static {
            try {
                VALUE = MethodHandles.lookup().findVarHandle(Count.class, "value", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private long value;

        /** Adds one; for the one thread that owns it. */
        void increment() {
            VALUE.setOpaque(this, value + 1);
        }

        long get() {
            return (long) VALUE.getOpaque(this);
        }
    }

    final Count steals = new Count();
    final Count parks = new Count();
    final Count unparks = new Count();
    /** Failures of plain runnables that could not even be logged. */
    final Count unreported = new Count();
}
