package dev.gearbox.support;

import dev.gearbox.spi.Run;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The run queue that all workers share: first in, first out, taken in batches, refusing once it is closed.
 *
 * <p>A ring under a lock that grows by doubling and shrinks when it falls empty; how much it can hold is bounded by the
 * number of live tasks, since a task is in one queue at most. Thread-safe.
 */
public final class GlobalQueue {
    private static final Logger LOG = System.getLogger("dev.gearbox.support");
    private static final int INITIAL = 256;

    private Runnable[] ring = new Runnable[INITIAL];
    private int head;
    private boolean closed;
    /** Written under the lock, read by anybody. */
    private volatile int size;

    /**
     * Appends a run.
     *
     * @throws RejectedExecutionException if this queue is closed
     */
    public void push(Runnable run) {
        synchronized (this) {
            if (!closed) {
                append(run);
                return;
            }
        }
        throw new RejectedExecutionException("the scheduler has closed");
    }

    /** Appends runs that were accepted before; if this queue is closed they go {@linkplain #release home} instead. */
    void pushOwned(Runnable[] runs, int count) {
        synchronized (this) {
            if (!closed) {
                for (int i = 0; i < count; i++) {
                    append(runs[i]);
                }
                return;
            }
        }
        for (int i = 0; i < count; i++) {
            release(runs[i]);
        }
    }

    /** Appends a run that was accepted before; if this queue is closed it goes {@linkplain #release home} instead. */
    public void pushOwned(Runnable run) {
        pushOwned(new Runnable[] {run}, 1);
    }

    /** Takes the oldest run, or null. */
    public Runnable poll() {
        if (size == 0) {
            return null;
        }
        synchronized (this) {
            return size == 0 ? null : remove();
        }
    }

    /**
     * Takes the oldest that is not a {@link Run}, out of its turn, or null; takes time proportional to the size.
     *
     * <p>For a thread that may run no more tasks on top of its stack: waits that yield are woken by such runnables.
     */
    public Runnable pollPlain() {
        if (size == 0) {
            return null;
        }
        synchronized (this) {
            for (int i = 0; i < size; i++) {
                Runnable found = ring[(head + i) & (ring.length - 1)];
                if (!(found instanceof Run)) {
                    for (int j = i; j > 0; j--) {
                        ring[(head + j) & (ring.length - 1)] = ring[(head + j - 1) & (ring.length - 1)];
                    }
                    ring[head] = found;
                    return remove();
                }
            }
            return null;
        }
    }

    /**
     * Takes the oldest run, or null, and moves some more into a local queue: a fair share for each worker, and no more
     * than half of the local queue's capacity. For the owner of the local queue, which must have that much room.
     */
    public Runnable pollBatch(LocalQueue into, int workers) {
        if (size == 0) {
            return null;
        }
        synchronized (this) {
            if (size == 0) {
                return null;
            }
            int more = Math.min(Math.min(size / workers, LocalQueue.CAPACITY / 2), size - 1);
            Runnable first = take();
            for (int i = 0; i < more; i++) {
                into.push(take(), this);
            }
            removed(1 + more);
            return first;
        }
    }

    /** Takes everything out for a consumer, which is called without the lock; returns how many. */
    public int drainTo(Consumer<? super Runnable> consumer) {
        Runnable[] all;
        synchronized (this) {
            all = new Runnable[size];
            for (int i = 0; i < all.length; i++) {
                all[i] = remove();
            }
        }
        for (Runnable run : all) {
            consumer.accept(run);
        }
        return all.length;
    }

    /** Refuses from now on; what is queued stays and can be taken. */
    public synchronized void close() {
        closed = true;
    }

    /** Returns whether it refuses. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Returns how many runs are queued. */
    public int size() {
        return size;
    }

    /** Returns whether nothing is queued. */
    public boolean isEmpty() {
        return size == 0;
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

    private void append(Runnable run) {
        if (size == ring.length) {
            ring = copy(ring.length * 2);
            head = 0;
        }
        ring[(head + size) & (ring.length - 1)] = run;
        size++;
    }

    private Runnable remove() {
        Runnable run = take();
        removed(1);
        return run;
    }

    /** Takes the first out of the ring; to be followed by {@link #removed}, one costly write for a whole batch. */
    private Runnable take() {
        Runnable run = ring[head];
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        return run;
    }

    private void removed(int count) {
        size -= count;
        if (size == 0 && ring.length > 64 * INITIAL) {
            ring = new Runnable[INITIAL];
            head = 0;
        }
    }

    private Runnable[] copy(int length) {
        Runnable[] copy = new Runnable[length];
        for (int i = 0; i < size; i++) {
            copy[i] = ring[(head + i) & (ring.length - 1)];
        }
        return copy;
    }
}
