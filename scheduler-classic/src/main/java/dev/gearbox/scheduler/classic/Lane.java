package dev.gearbox.scheduler.classic;

import dev.gearbox.support.LocalQueue;
import dev.gearbox.support.Parker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * What other threads may touch of a worker thread: its queue, its slot, its parker, and what {@link Roles} knows of it.
 *
 * <p>A lane belongs to one thread for ever. Only that thread puts runs in; anybody takes some out.
 */
final class Lane {
    /** The seat of a thread that has none. */
    static final int NO_SEAT = -1;

    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Lane.class, "nextTask", Runnable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What the thread does as far as roles are concerned. */
    enum Posture {
        /** It runs tasks or looks for some. */
        AWAKE,
        /** It has a seat and waits to be woken. */
        SLEEPING,
        /** It has no seat and waits for one. */
        SPARE
    }

    final LocalQueue queue = new LocalQueue();
    final Parker parker;
    /** Runs begun; it tells the watch whether this thread is still in the same one. */
    final Tally polls;

    /** Null, or the run that skips the queue; only the owner makes it non-null. */
    private volatile Runnable nextTask;

    /** Changed by the owner while it is awake, else under the lock of {@link Roles}. */
    volatile int seat = NO_SEAT;
    /** Changed under the lock of {@link Roles}. */
    volatile Posture posture = Posture.AWAKE;
    /** Whether the owner parks for a limited time only, or is about to. */
    volatile boolean timed;
    /** Whether it sleeps inside a task, waiting for that task's sake too; under the lock of {@link Roles}. */
    boolean nested;
    /** How many polls the watch saw when it last looked; under the lock of {@link Roles}. */
    long pollsSeen = -1;

    Lane(Parker parker, Tally polls) {
        this.parker = parker;
        this.polls = polls;
    }

    /** Puts a run into the slot; returns the one that was there, or null. Owner only. */
    Runnable putNext(Runnable run) {
        if (nextTask == null) {
            NEXT.setRelease(this, run); // nobody else fills an empty slot
            return null;
        }
        return (Runnable) NEXT.getAndSet(this, run);
    }

    /** Takes the run out of the slot, or null. Any thread. */
    Runnable takeNext() {
        return nextTask == null ? null : (Runnable) NEXT.getAndSet(this, null);
    }

    boolean hasNext() {
        return nextTask != null;
    }

    /** Returns how many runs it holds. */
    int size() {
        return queue.size() + (hasNext() ? 1 : 0);
    }

    /** Moves everything it holds to a list, slot first. Any thread. */
    void drainTo(List<? super Runnable> runs) {
        Runnable next = takeNext();
        if (next != null) {
            runs.add(next);
        }
        queue.drainTo(runs::add);
    }
}
