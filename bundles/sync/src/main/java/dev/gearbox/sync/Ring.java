package dev.gearbox.sync;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A bounded first-in first-out queue for any number of threads, which can be closed; knows nothing of waiting. */
final class Ring<T> {
    /*
     * Positions count up for ever; position p lives in slot p & mask. `tail` is the next position to fill, `head` the next
     * to empty, head <= tail <= head + capacity. A position is claimed by a compare-and-set of tail or head; then the
     * slot is the claimer's alone, once its sequence says so:
     *
     *   sequence == p                 free, for whoever has claimed p to fill it
     *   sequence == p + 1             full, for whoever has claimed p to empty it
     *   sequence == p + slots         free for position p + slots, and so on
     *
     * There are at least two slots, else "full" and "free for the next round" would be the same number.
     *
     * Full and empty are decided by head and tail alone, so they are exact at one instant (linearizable): reading tail = t,
     * then head = h with t - h >= capacity, the ring was full when head was read, because tail only grows; likewise for
     * empty. The price: whoever claimed a position may have to wait for the one who claimed the same slot before and is
     * between its compare-and-set and its store. That is a few instructions; it spins, then yields.
     *
     * Closing sets the sign bit of tail, so that every offer is either before the close or refused, and the last position
     * is known.
     *
     * Memory order: a sequence is stored with release and read with acquire, which publishes the item. head and tail are
     * volatile, because WaitQueue's protocol needs a total order of "claimed" and "is anybody waiting".
     */

    /** What became of an item that was offered. */
    enum Outcome {
        ACCEPTED,
        FULL,
        CLOSED
    }

    private static final long CLOSED = Long.MIN_VALUE;
    private static final int SPINS = 100;
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;
    private static final VarHandle SEQUENCE = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(Ring.class, "head", long.class);
            TAIL = lookup.findVarHandle(Ring.class, "tail", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final int capacity;
    private final int mask;
    private final Object[] items;
    private final long[] sequences;
    private volatile long head;
    private volatile long tail;

    Ring(int capacity) {
        this.capacity = capacity;
        int slots = capacity == 1 ? 2 : Integer.highestOneBit(capacity - 1) << 1;
        mask = slots - 1;
        items = new Object[slots];
        sequences = new long[slots];
        for (int i = 0; i < slots; i++) {
            sequences[i] = i;
        }
    }

    Outcome offer(T item) {
        long position;
        do {
            position = tail;
            if (position < 0) {
                return Outcome.CLOSED;
            }
            if (position - head >= capacity) {
                return Outcome.FULL;
            }
        } while (!TAIL.compareAndSet(this, position, position + 1));
        int slot = (int) position & mask;
        awaitSequence(slot, position);
        items[slot] = item;
        SEQUENCE.setRelease(sequences, slot, position + 1);
        return Outcome.ACCEPTED;
    }

    /** Returns the first item, or null if there is none. */
    T poll() {
        long position;
        do {
            position = head;
            if (position >= (tail & ~CLOSED)) {
                return null;
            }
        } while (!HEAD.compareAndSet(this, position, position + 1));
        int slot = (int) position & mask;
        awaitSequence(slot, position + 1);
        @SuppressWarnings("unchecked")
        T item = (T) items[slot];
        items[slot] = null;
        SEQUENCE.setRelease(sequences, slot, position + mask + 1);
        return item;
    }

    /** Refuses offers from now on; what is inside can still be taken. */
    void close() {
        TAIL.getAndBitwiseOr(this, CLOSED);
    }

    boolean isClosed() {
        return tail < 0;
    }

    /** Returns whether it is closed and empty, which it then remains. */
    boolean isDrained() {
        long end = tail;
        return end < 0 && head == (end & ~CLOSED);
    }

    int capacity() {
        return capacity;
    }

    /** Returns how many items are inside; while others offer and poll, some number that is possible. */
    int size() {
        long from = head;
        long size = (tail & ~CLOSED) - from;
        return (int) Math.min(size, capacity);
    }

    private void awaitSequence(int slot, long expected) {
        for (int spins = 0; (long) SEQUENCE.getAcquire(sequences, slot) != expected; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
