package dev.gearbox.scheduler.adaptive;

import dev.gearbox.support.ThreadTimes;
import java.util.concurrent.TimeUnit;

/** Whether the computer has no processor left for a second machine; looked into by the monitor, asked by any thread. */
final class Crowding {
    /*
     * Another machine makes short runs faster only if it gets a processor that nobody else wants. If other processes use
     * them, a load generator beside the server for instance, then it takes turns with those, which may be whom the first
     * one works for, or with the first one itself; nothing is won, and the switches are to be paid.
     *
     * The sign of that is that machines wait for a processor though they are runnable, which Linux tells. It shows while
     * two of them want one, so only time in which two did is looked at, in spans. It has to show in some spans in a row:
     * Linux also lets two threads share a processor for some milliseconds while another one is idle. Then a machine is
     * alone for a while, in which nothing is looked at, and after which it may call for help again; if it shows again at
     * once it is alone for twice as long. So a crowd that comes and goes, a thread that spawns many tasks for instance,
     * does not leave a processor idle for long. Where the system does not tell, nothing is ever crowded.
     */

    /** For how long two machines want a processor before it is judged. */
    static final long SPAN_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** Crowded is, when the machines together have waited for this part of the span. */
    static final int PART = 8;

    /** How many such spans in a row it takes. */
    static final int ROW = 3;

    /** For how long no help is called then, the first time and at most. */
    static final long LEAST_ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    static final long MOST_ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(320);

    /** After this without two that want a processor it begins anew. */
    static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ThreadTimes.Sample since = new ThreadTimes.Sample();
    private long lookedAt;
    private long contestedAt;
    private long contested;
    private long waited;
    private int row;
    private long alone = LEAST_ALONE_NANOS;
    private volatile long aloneUntil;

    Crowding(long now) {
        lookedAt = now;
        contestedAt = now;
        aloneUntil = now;
    }

    /** Adds up how long those that run have waited since they were looked at last; for the monitor. */
    void look(Machine[] machines, long now) {
        long interval = now - lookedAt;
        lookedAt = now;
        boolean looks = !isCrowded(now);
        int wanting = 0;
        long delay = 0;
        for (Machine machine : machines) {
            int state = machine.state();
            if (!looks || state != Machine.RUNNING && state != Machine.POLLING) {
                machine.evidence.forgetDemand();
            } else if (machine.evidence.readDemand(since)) {
                wanting += since.cpu() + since.delay() > interval / PART ? 1 : 0;
                delay += since.delay();
            }
        }
        if (wanting >= 2) {
            note(delay, interval, now);
        }
    }

    /** Notes that two or more machines have wanted processors in the last interval, and how long they waited for them. */
    void note(long delay, long interval, long now) {
        if (now - contestedAt > MEMORY_NANOS) {
            beginAnew();
            contested = 0;
            waited = 0;
        }
        contestedAt = now;
        contested += interval;
        waited += delay;
        if (contested < SPAN_NANOS) {
            return;
        }
        if (waited <= contested / PART) {
            beginAnew();
        } else if (++row >= ROW) {
            aloneUntil = now + alone;
            contestedAt = aloneUntil;
            alone = Math.min(MOST_ALONE_NANOS, 2 * alone);
        }
        contested = 0;
        waited = 0;
    }

    private void beginAnew() {
        row = 0;
        alone = LEAST_ALONE_NANOS;
    }

    /** Returns whether a second machine would only be in the way of the first. */
    boolean isCrowded(long now) {
        return now - aloneUntil < 0;
    }
}
