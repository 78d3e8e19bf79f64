package dev.gearbox.scheduler.adaptive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What speaks against one machine: that its task is blocked, or has used up its time slice.
 *
 * <p>{@link #observe}, {@link #isStuck} and {@link #excuse} are for the monitor, the rest for any thread.
 */
final class Evidence {
    /*
     * Blocked: the thread waits, and it did not leave the task while that was looked at (the sequence is odd and the same
     * before and after). This costs 0.1 µs, so whoever needs a processor may look for itself.
     *
     * Busy: the monitor has seen the same task for longer than the time slice. "since" is written before "seen" and read
     * after it, so a torn reading makes the time too short, never too long.
     */
    private static final VarHandle SEEN;
    private static final VarHandle SINCE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SEEN = lookup.findVarHandle(Evidence.class, "seen", long.class);
            SINCE = lookup.findVarHandle(Evidence.class, "since", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Machine machine;
    private long seen;
    private long since;
    /** For the monitor only. */
    private boolean stuck;


    Evidence(Machine machine) {
        this.machine = machine;
    }

    /** Looks which task the machine is in; returns whether it is the same as at the last look. */
    boolean observe(long now) {
        long sequence = machine.sequence();
        stuck = sequence == seen && isInTask(sequence);
        if (sequence == seen) {
            return stuck;
        }
        SINCE.setOpaque(this, now);
        SEEN.setRelease(this, sequence);
        return false;
    }

    /** Returns whether the machine is still in the task that {@link #observe} saw there twice. */
    boolean isStuck() {
        return stuck && machine.sequence() == (long) SEEN.getAcquire(this);
    }

    /** Forgets how long the present task has lasted. */
    void excuse(long now) {
        SINCE.setOpaque(this, now);
    }

    /** Returns whether the machine's thread waits inside a task. */
    boolean isBlocked() {
        long before = machine.sequence();
        if (!isInTask(before)) {
            return false;
        }
        return switch (machine.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> machine.sequence() == before;
            default -> false;
        };
    }

    /** Returns whether the machine has been in the same task for at least this long. */
    boolean isBusyFor(long nanos, long now) {
        long sequence = (long) SEEN.getAcquire(this);
        return isInTask(sequence) && now - (long) SINCE.getOpaque(this) >= nanos && machine.sequence() == sequence;
    }

    /** Returns whether the present poll has used up the time slice; for the machine itself. */
    boolean hasUsedUpSlice() {
        return machine.sequence() == (long) SEEN.getOpaque(this)
                && isBusyFor(machine.scheduler.sliceNanos(), machine.scheduler.clock.nanoTime());
    }

    private static boolean isInTask(long sequence) {
        return (sequence & 1) != 0;
    }
}
