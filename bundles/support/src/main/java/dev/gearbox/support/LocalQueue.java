package dev.gearbox.support;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * The bounded run queue of one worker: its owner pushes and polls at opposite ends (first in, first out), other workers
 * steal half of it at once.
 *
 * <p>{@link #push}, {@link #poll} and {@link #clean} are for the owner only, {@link #stealInto}, {@link #drainTo},
 * {@link #size} and {@link #isEmpty} for any thread. The owner may change if the change happens-before.
 */
public final class LocalQueue {
    /*
     * A ring of 256 slots and two counters that only grow (their difference is what counts, so they may wrap).
     *
     *   head  next to take; owner and thieves advance it by CAS
     *   tail  next to fill; the owner alone writes it, with release
     *
     * Invariants
     *   1. 0 <= tail - head <= 256.
     *   2. Only the owner writes slots. It fills slot t before it publishes tail = t + 1 (release; read with acquire), so
     *      whoever sees the tail sees the slot.
     *   3. A thief reads slots first and then moves the head over them by CAS. If the CAS succeeds nobody else took them,
     *      and the owner did not reuse them, since it reuses slot i only after it saw head > i. If it fails, what was
     *      read is thrown away.
     *   4. Slots below the head are nulled by the owner only, at its next push, poll or clean: a thief that nulled them
     *      could hit an element that was pushed into the same slot since.
     *
     * Go's and tokio's queues have the same shape. Differences: 32-bit counters without a packed second head (a thief
     * copies before its CAS, so it never has to announce itself), and slots are nulled by the owner for the sake of the
     * garbage collector.
     */

    /** How many runs it holds. */
    public static final int CAPACITY = 256;

    private static final int MASK = CAPACITY - 1;
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(LocalQueue.class, "head", int.class);
            TAIL = lookup.findVarHandle(LocalQueue.class, "tail", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Runnable[] slots = new Runnable[CAPACITY];
    private volatile int head;
    private volatile int tail;
    /** Slots below this are null; owner only. */
    private int cleaned;

    /** Appends a run; if there is no room, moves half of the queue and then the run to the overflow. Owner only. */
    public void push(Runnable run, GlobalQueue overflow) {
        int t = (int) TAIL.get(this);
        while (true) {
            int h = (int) HEAD.getAcquire(this);
            if (t - h < CAPACITY) {
                cleanUpTo(h);
                slots[t & MASK] = run;
                TAIL.setRelease(this, t + 1);
                return;
            }
            if (moveHalf(h, run, overflow)) {
                return;
            }
        }
    }

    private boolean moveHalf(int h, Runnable run, GlobalQueue overflow) {
        Runnable[] batch = new Runnable[CAPACITY / 2 + 1];
        for (int i = 0; i < CAPACITY / 2; i++) {
            batch[i] = slots[(h + i) & MASK];
        }
        if (!HEAD.compareAndSet(this, h, h + CAPACITY / 2)) {
            return false;
        }
        cleanUpTo(h + CAPACITY / 2);
        batch[CAPACITY / 2] = run;
        overflow.pushOwned(batch, batch.length);
        return true;
    }

    /** Appends runs from a ring, in bulk; there must be room. Owner only. */
    void fill(Runnable[] ring, int from, int count) {
        clean(); // else a later clean-up would null what is put into those slots now
        int t = (int) TAIL.get(this);
        for (int copied = 0; copied < count; ) {
            int source = (from + copied) & (ring.length - 1);
            int target = (t + copied) & MASK;
            int length = Math.min(count - copied, Math.min(ring.length - source, CAPACITY - target));
            System.arraycopy(ring, source, slots, target, length);
            copied += length;
        }
        TAIL.setRelease(this, t + count);
    }

    /** Takes the oldest run, or null. Owner only. */
    public Runnable poll() {
        int t = (int) TAIL.get(this);
        while (true) {
            int h = (int) HEAD.getAcquire(this);
            if (t == h) {
                return null;
            }
            Runnable run = slots[h & MASK];
            if (HEAD.compareAndSet(this, h, h + 1)) {
                cleanUpTo(h + 1);
                return run;
            }
        }
    }

    /** Moves half of this queue, rounded up, to the thief's, which must be empty; returns one of them, or null. */
    public Runnable stealInto(LocalQueue thief) {
        thief.clean(); // else a later clean-up would null what is put into those slots now
        while (true) {
            int h = (int) HEAD.getAcquire(this);
            int available = (int) TAIL.getAcquire(this) - h;
            if (available <= 0) {
                return null;
            }
            if (available > CAPACITY) {
                continue; // the head moved on between the two reads
            }
            int count = available - available / 2;
            Runnable first = slots[h & MASK];
            int t = (int) TAIL.get(thief);
            for (int i = 1; i < count; i++) {
                thief.slots[(t + i - 1) & MASK] = slots[(h + i) & MASK];
            }
            if (HEAD.compareAndSet(this, h, h + count)) {
                TAIL.setRelease(thief, t + count - 1);
                return first;
            }
            for (int i = 1; i < count; i++) {
                thief.slots[(t + i - 1) & MASK] = null;
            }
        }
    }

    /** Takes everything out, one after another, for a consumer; returns how many. Any thread. */
    public int drainTo(Consumer<? super Runnable> consumer) {
        int count = 0;
        while (true) {
            int h = (int) HEAD.getAcquire(this);
            if ((int) TAIL.getAcquire(this) - h <= 0) {
                return count;
            }
            Runnable run = slots[h & MASK];
            if (HEAD.compareAndSet(this, h, h + 1)) {
                consumer.accept(run);
                count++;
            }
        }
    }

    /** Lets go of runs that others have taken. Owner only; worth it before sleeping. */
    public void clean() {
        cleanUpTo((int) HEAD.getAcquire(this));
    }

    private void cleanUpTo(int h) {
        for (int i = cleaned; i != h; i++) {
            slots[i & MASK] = null;
        }
        cleaned = h;
    }

    /** Returns how many runs are queued, exact only for the owner. */
    public int size() {
        int h = (int) HEAD.getAcquire(this);
        return Math.max(0, Math.min(CAPACITY, (int) TAIL.getAcquire(this) - h));
    }

    /** Returns whether it is empty at this moment. */
    public boolean isEmpty() {
        return size() == 0;
    }
}
