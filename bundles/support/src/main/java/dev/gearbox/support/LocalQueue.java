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
     * A ring of 256 slots and counters that only grow (their differences are what counts, so they may wrap).
     *
     *   next  the next run to take
     *   kept  the first slot whose run is still to be copied by the thief that took it; else the same as next
     *   tail  the next slot to fill; the owner alone writes it, with release
     *
     * "next" and "kept" are the halves of one word, changed by compare-and-set by owner and thieves.
     *
     * Invariants
     *   1. kept <= next <= tail <= kept + 256.
     *   2. Only the owner writes slots. It fills slot t before it publishes tail = t + 1 (release; read with acquire), so
     *      whoever sees the tail sees the slot.
     *   3. Who takes one run reads the slot and then moves "next" over it, and "kept" with it if they are equal. If that
     *      succeeds nobody else took it, and the owner did not reuse the slot before, since it reuses slot i only after
     *      it saw kept > i. If it fails, what was read is thrown away.
     *   4. A thief that takes many moves "next" over them while "kept" stays, copies them, and then moves "kept" to where
     *      "next" is by then. Others go on taking meanwhile, one run at a time, and nobody begins to take many.
     *   5. Slots below "kept" are nulled by the owner only, at its next push, poll or clean: a thief that nulled them
     *      could hit an element that was pushed into the same slot since.
     *
     * To copy first and to move "next" afterwards, as Go does, needs no second counter, but a thief that copies a
     * hundred runs never catches up with an owner that takes one every 10 ns. tokio's queue has two counters as well. Here
     * they have 32 bits each, and a thief that finds another one at work takes one run instead of none.
     */

    /** How many runs it holds. */
    public static final int CAPACITY = 256;

    private static final int MASK = CAPACITY - 1;
    private static final VarHandle TAKEN;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAKEN = lookup.findVarHandle(LocalQueue.class, "taken", long.class);
            TAIL = lookup.findVarHandle(LocalQueue.class, "tail", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Runnable[] slots = new Runnable[CAPACITY];
    private volatile long taken;
    private volatile int tail;
    /** Slots below this are null; owner only. */
    private int cleaned;

    /**
     * Appends a run; if there is no room, moves half of the queue, unless a thief is copying from it, and then the run to
     * the overflow. Owner only.
     */
    public void push(Runnable run, GlobalQueue overflow) {
        int t = (int) TAIL.get(this);
        while (true) {
            long now = (long) TAKEN.getAcquire(this);
            if (t - kept(now) < CAPACITY) {
                cleanUpTo(kept(now));
                slots[t & MASK] = run;
                TAIL.setRelease(this, t + 1);
                return;
            }
            if (isBeingCopied(now)) {
                overflow.pushOwned(run);
                return;
            }
            if (moveHalf(now, run, overflow)) {
                return;
            }
        }
    }

    private boolean moveHalf(long now, Runnable run, GlobalQueue overflow) {
        int n = next(now);
        if (!TAKEN.compareAndSet(this, now, both(n + CAPACITY / 2))) {
            return false;
        }
        overflow.pushOwned(slots, n, CAPACITY / 2, run);
        clean();
        return true;
    }

    /** Returns how many more runs it can hold: less than is missing while a thief copies. Owner only. */
    int room() {
        return CAPACITY - ((int) TAIL.get(this) - kept((long) TAKEN.getAcquire(this)));
    }

    /** Appends runs from a ring, in bulk; there must be {@link #room()}. Owner only. */
    void fill(Runnable[] ring, int from, int count) {
        clean(); // else a later clean-up would null what is put into those slots now
        int t = (int) TAIL.get(this);
        Rings.copy(ring, from, slots, t, count);
        TAIL.setRelease(this, t + count);
    }

    /** Takes the oldest run, or null. Owner only. */
    public Runnable poll() {
        int t = (int) TAIL.get(this);
        while (true) {
            long now = (long) TAKEN.getAcquire(this);
            if (t == next(now)) {
                return null;
            }
            Runnable run = slots[next(now) & MASK];
            long then = withoutOne(now);
            if (TAKEN.compareAndSet(this, now, then)) {
                cleanUpTo(kept(then));
                return run;
            }
        }
    }

    /** Takes the oldest run, or null. Any thread. */
    private Runnable take() {
        while (true) {
            long now = (long) TAKEN.getAcquire(this);
            if ((int) TAIL.getAcquire(this) - next(now) <= 0) {
                return null;
            }
            Runnable run = slots[next(now) & MASK];
            if (TAKEN.compareAndSet(this, now, withoutOne(now))) {
                return run;
            }
        }
    }

    /**
     * Moves half of this queue, rounded up, to the thief's, which must be empty; returns one of them, or null. Takes fewer
     * while other thieves are copying from either queue.
     */
    public Runnable stealInto(LocalQueue thief) {
        while (true) {
            long now = (long) TAKEN.getAcquire(this);
            int n = next(now);
            int available = (int) TAIL.getAcquire(this) - n;
            if (available <= 0) {
                return null;
            }
            if (available > CAPACITY) {
                continue; // some were taken between the two reads
            }
            int count = Math.min(available - available / 2, thief.room() + 1);
            if (count == 1 || isBeingCopied(now)) {
                Runnable run = slots[n & MASK];
                if (TAKEN.compareAndSet(this, now, withoutOne(now))) {
                    return run;
                }
            } else if (TAKEN.compareAndSet(this, now, word(n, n + count))) {
                Runnable first = slots[n & MASK];
                thief.fill(slots, n + 1, count - 1);
                doneCopying();
                return first;
            }
        }
    }

    private void doneCopying() {
        long now;
        do {
            now = (long) TAKEN.getAcquire(this);
        } while (!TAKEN.compareAndSet(this, now, both(next(now))));
    }

    /** Takes everything out, one after another, for a consumer; returns how many. Any thread. */
    public int drainTo(Consumer<? super Runnable> consumer) {
        int count = 0;
        for (Runnable run = take(); run != null; run = take()) {
            consumer.accept(run);
            count++;
        }
        return count;
    }

    /** Lets go of runs that others have taken. Owner only; worth it before sleeping. */
    public void clean() {
        cleanUpTo(kept((long) TAKEN.getAcquire(this)));
    }

    private void cleanUpTo(int end) {
        for (int i = cleaned; i != end; i++) {
            slots[i & MASK] = null;
        }
        cleaned = end;
    }

    /** Returns how many runs are queued, exact only for the owner. */
    public int size() {
        int n = next((long) TAKEN.getAcquire(this));
        return Math.max(0, Math.min(CAPACITY, (int) TAIL.getAcquire(this) - n));
    }

    /** Returns whether it is empty at this moment. */
    public boolean isEmpty() {
        return size() == 0;
    }

    // The word

    private static long word(int kept, int next) {
        return (long) kept << 32 | next & 0xffff_ffffL;
    }

    private static long both(int next) {
        return word(next, next);
    }

    private static int next(long word) {
        return (int) word;
    }

    private static int kept(long word) {
        return (int) (word >>> 32);
    }

    private static boolean isBeingCopied(long word) {
        return kept(word) != next(word);
    }

    private static long withoutOne(long word) {
        int next = next(word) + 1;
        return isBeingCopied(word) ? word(kept(word), next) : both(next);
    }
}
