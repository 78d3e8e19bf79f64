package dev.gearbox.support;

import dev.gearbox.spi.Run;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The run queue that all workers share: first in, first out, taken in batches, refusing once it is closed.
 *
 * <p>A ring under a lock that grows by doubling and shrinks when it falls empty; how much it can hold is bounded by the
 * number of live tasks, since a task is in one queue at most. Thread-safe.
 */
public final class GlobalQueue {
    /*
     * One word is the lock and the size: twice the number of runs, plus one while a thread holds the lock. Taken by
     * compare-and-set, given back by a release store of the new size. So a push costs one atomic step, where a monitor
     * and a counter need three.
     *
     * No wake-up is lost though the new size need not be visible when the lock is given back. Who pushes counts the run
     * in the step that takes the lock, and then looks for a sleeper; who goes to sleep says so and then looks at the word.
     * Both are sequentially consistent, so one of the two sees the other.
     *
     * Sections under the lock are some instructions long, but for growing and for what is rare; a batch is copied in bulk,
     * which also costs one barrier of the collector instead of one for each run. Whoever finds the lock taken spins, then
     * yields.
     */
    private static final Logger LOG = System.getLogger("dev.gearbox.support");
    private static final int INITIAL = 256;
    private static final int LOCKED = 1;
    private static final int LOCKED_TO_ADD = 3;
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(GlobalQueue.class, "word", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int word;
    // Under the lock
    private Runnable[] ring = new Runnable[INITIAL];
    private int head;
    private int size;
    private boolean closed;

    /**
     * Appends a run.
     *
     * @return how many are queued then
     * @throws RejectedExecutionException if this queue is closed
     */
    public int push(Runnable run) {
        lock(LOCKED_TO_ADD);
        boolean accepts = !closed;
        int queued = size + 1;
        try {
            if (accepts) {
                append(run);
            }
        } finally {
            unlock();
        }
        if (!accepts) {
            throw new RejectedExecutionException("the scheduler has closed");
        }
        return queued;
    }

    /** Appends a run that was accepted before; if this queue is closed it goes {@linkplain #release home} instead. */
    public void pushOwned(Runnable run) {
        lock(LOCKED_TO_ADD);
        boolean accepts = !closed;
        try {
            if (accepts) {
                append(run);
            }
        } finally {
            unlock();
        }
        if (!accepts) {
            release(run);
        }
    }

    /** As {@link #pushOwned(Runnable)}, for a power of two of runs from a ring and one behind them. */
    void pushOwned(Runnable[] from, int first, int count, Runnable last) {
        lock(LOCKED_TO_ADD);
        boolean accepts = !closed;
        try {
            if (accepts) {
                while (size + count > ring.length) {
                    grow();
                }
                Rings.copy(from, first, ring, head + size, count);
                size += count;
                append(last);
            }
        } finally {
            unlock();
        }
        if (!accepts) {
            Runnable[] refused = new Runnable[count];
            Rings.copy(from, first, refused, 0, count); // to release a run may change the ring
            for (Runnable run : refused) {
                release(run);
            }
            release(last);
        }
    }

    /** Takes the oldest run, or null. */
    public Runnable poll() {
        if (isEmpty()) {
            return null;
        }
        lock(LOCKED);
        try {
            return size == 0 ? null : remove();
        } finally {
            unlock();
        }
    }

    /**
     * Takes the oldest that is not a {@link Run}, out of its turn, or null; takes time proportional to the size.
     *
     * <p>For a thread that may run no more tasks on top of its stack: waits that yield are woken by such runnables.
     */
    public Runnable pollPlain() {
        if (isEmpty()) {
            return null;
        }
        lock(LOCKED);
        try {
            for (int i = 0; i < size; i++) {
                Runnable found = ring[at(i)];
                if (!(found instanceof Run)) {
                    for (int j = i; j > 0; j--) {
                        ring[at(j)] = ring[at(j - 1)];
                    }
                    ring[head] = found;
                    return remove();
                }
            }
            return null;
        } finally {
            unlock();
        }
    }

    /**
     * Takes the oldest run, or null, and moves some more into a local queue: a fair share for each worker, and no more
     * than half of the local queue's capacity, nor than it has room for. For the owner of the local queue.
     */
    public Runnable pollBatch(LocalQueue into, int workers) {
        if (isEmpty()) {
            return null;
        }
        lock(LOCKED);
        try {
            if (size == 0) {
                return null;
            }
            int more = Math.min(Math.min(size / workers, LocalQueue.CAPACITY / 2), Math.min(size - 1, into.room()));
            Runnable first = remove();
            into.fill(ring, head, more);
            Rings.clear(ring, head, more);
            removed(more);
            return first;
        } finally {
            unlock();
        }
    }

    /** Takes everything out for a consumer, which is called without the lock; returns how many. */
    public int drainTo(Consumer<? super Runnable> consumer) {
        Runnable[] all;
        lock(LOCKED);
        try {
            all = new Runnable[size];
            for (int i = 0; i < all.length; i++) {
                all[i] = remove();
            }
        } finally {
            unlock();
        }
        for (Runnable run : all) {
            consumer.accept(run);
        }
        return all.length;
    }

    /** Refuses from now on; what is queued stays and can be taken. */
    public void close() {
        lock(LOCKED);
        closed = true;
        unlock();
    }

    /** Returns whether it refuses. */
    public boolean isClosed() {
        lock(LOCKED);
        boolean is = closed;
        unlock();
        return is;
    }

    /** Returns how many runs are queued, what is being added at this moment among them as one. */
    public int size() {
        return word >>> 1;
    }

    /** Returns whether nothing is queued and nobody is about to queue something. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** Hands a {@link Run} back, and runs a plain runnable in place; what either throws is logged, for others follow. */
    public static void release(Runnable run) {
        try {
            if (run instanceof Run owned) {
                owned.handBack();
            } else {
                run.run();
            }
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "a " + run.getClass().getName() + " failed on its way out of a closed queue", failure);
        }
    }

    private void lock(int how) {
        for (int spins = 0; !tryLock(how); spins++) {
            SpinLock.pause(spins);
        }
    }

    private boolean tryLock(int how) {
        int now = word;
        return (now & LOCKED) == 0 && WORD.compareAndSet(this, now, now + how);
    }

    private void unlock() {
        WORD.setRelease(this, size << 1);
    }

    private int at(int place) {
        return (head + place) & (ring.length - 1);
    }

    private void append(Runnable run) {
        if (size == ring.length) {
            grow();
        }
        ring[at(size)] = run;
        size++;
    }

    private Runnable remove() {
        Runnable run = ring[head];
        ring[head] = null;
        removed(1);
        return run;
    }

    /** Moves on behind places that have been emptied. */
    private void removed(int count) {
        head = at(count);
        size -= count;
        if (size == 0 && ring.length > 64 * INITIAL) {
            ring = new Runnable[INITIAL];
            head = 0;
        }
    }

    private void grow() {
        Runnable[] larger = new Runnable[ring.length * 2];
        Rings.copy(ring, head, larger, 0, size);
        ring = larger;
        head = 0;
    }
}
