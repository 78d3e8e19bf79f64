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
     * two of them run, and only then the times are read. It has to show for some spans in a row: Linux also lets two
     * threads share a processor for some milliseconds while another one is idle. A machine is alone for a while then,
     * after which it may call for help again, and again it shows: each time in a row it is alone for twice as long, so that
     * a crowd that comes and goes, a thread that spawns many tasks for instance, does not leave a processor idle for
     * long. Where the system does not tell, nothing is ever crowded.
     */

    /** How long is added up before it is judged. */
    static final long SPAN_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** Crowded is, when the machines together have waited for this part of the span. */
    static final int PART = 8;

    /** How many such spans in a row it takes. */
    static final int ROW = 3;

    /** For how long no help is called then, the first time and at most. */
    static final long LEAST_ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    static final long MOST_ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(320);

    private long begin;
    private long waited;
    private int row;
    private long alone = LEAST_ALONE_NANOS;
    private volatile long aloneUntil;

    Crowding(long now) {
        begin = now;
        aloneUntil = now;
    }

    /** Adds up how long those that run have waited since they were looked at last; for the monitor. */
    void look(Machine[] machines, long now) {
        int running = 0;
        for (Machine machine : machines) {
            running += isRunning(machine) ? 1 : 0;
        }
        if (running < 2) {
            for (Machine machine : machines) {
                machine.evidence.forgetDelay();
            }
            begin = now;
            waited = 0;
            return;
        }
        long nanos = 0;
        for (Machine machine : machines) {
            if (isRunning(machine)) {
                nanos += machine.evidence.delayed();
            }
        }
        note(nanos, now);
    }

    private static boolean isRunning(Machine machine) {
        int state = machine.state();
        return state == Machine.RUNNING || state == Machine.POLLING;
    }

    /** Notes that machines, of which two or more run, have waited for so long since the last note. */
    void note(long nanos, long now) {
        waited += nanos;
        long span = now - begin;
        if (span < SPAN_NANOS) {
            return;
        }
        if (waited <= span / PART) {
            row = 0;
            alone = LEAST_ALONE_NANOS;
        } else if (!isCrowded(now) && ++row >= ROW) {
            aloneUntil = now + alone;
            alone = Math.min(MOST_ALONE_NANOS, 2 * alone);
        }
        begin = now;
        waited = 0;
    }

    /** Returns whether a second machine would only be in the way of the first. */
    boolean isCrowded(long now) {
        return now - aloneUntil < 0;
    }
}
