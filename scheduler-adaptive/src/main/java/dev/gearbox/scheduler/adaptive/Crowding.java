package dev.gearbox.scheduler.adaptive;

import java.util.concurrent.TimeUnit;

/** Whether the computer has no processor left for a second machine; looked into by the monitor, asked by any thread. */
final class Crowding {
    /*
     * Another machine makes short runs faster only if it gets a processor that nobody else wants. If other processes use
     * them, a load generator beside the server for instance, then it takes turns with those, which may be whom the first
     * one works for, or with the first one itself; nothing is won, and the switches are to be paid.
     *
     * The sign of that is that machines wait for a processor though they are runnable, which Linux tells. It shows while
     * two of them run; so a machine is alone for a while then, after which it may call for help again, and again it shows.
     * Where the system does not tell, nothing is ever crowded.
     */

    /** How long is added up before it is judged. */
    static final long SPAN_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** Crowded is, when the machines together have waited for this part of the span. */
    static final int PART = 8;

    /** For how long no help is called then. */
    static final long ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private long begin;
    private long waited;
    private volatile long aloneUntil;

    Crowding(long now) {
        begin = now;
        aloneUntil = now;
    }

    /** Adds up how long those that run have waited since they were looked at last; for the monitor. */
    void look(Machine[] machines, long now) {
        long nanos = 0;
        for (Machine machine : machines) {
            int state = machine.state();
            if (state == Machine.RUNNING || state == Machine.POLLING) {
                nanos += machine.evidence.delayed();
            }
        }
        note(nanos, now);
    }

    /** Notes that machines have waited for so long since the last note. */
    void note(long nanos, long now) {
        waited += nanos;
        long span = now - begin;
        if (span >= SPAN_NANOS) {
            if (waited > span / PART) {
                aloneUntil = now + ALONE_NANOS;
            }
            begin = now;
            waited = 0;
        }
    }

    /** Returns whether a second machine would only be in the way of the first. */
    boolean isCrowded(long now) {
        return now - aloneUntil < 0;
    }
}
