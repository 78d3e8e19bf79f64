package dev.gearbox.runtime;

import dev.gearbox.BlockedTaskListener;
import dev.gearbox.BlockedTaskReport;
import java.lang.System.Logger.Level;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayDeque;

/** Brings reports to one listener, on a thread that lives only while there are some. Thread-safe. */
final class Delivery {
    /*
     * thread is set, under the lock, by whoever adds a report while it is null, and becomes null, under the lock, when
     * the thread finds nothing left: so a report that was added is found by the thread, or starts another.
     */
    static final int MOST_WAITING = 64;

    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    private record Item(BlockedTaskReport report, long leftOut) {}

    private final BlockedTaskListener listener;
    private final String name;
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private Thread thread;
    private boolean closed;
    /** Whether the listener has thrown; touched by its thread only, each of which starts after the one before. */
    private boolean failed;

    Delivery(BlockedTaskListener listener, String name) {
        this.listener = listener;
        this.name = name;
    }

    BlockedTaskListener listener() {
        return listener;
    }

    /** Lets the listener be told soon; returns whether there was room and a thread. */
    synchronized boolean offer(BlockedTaskReport report, long leftOut) {
        if (closed) {
            return true;
        }
        if (items.size() == MOST_WAITING) {
            return false;
        }
        items.add(new Item(report, leftOut));
        if (thread == null) {
            Thread made = makeThread();
            try {
                made.start();
            } catch (OutOfMemoryError noThread) {
                items.clear();
                return false;
            }
            thread = made;
        }
        return true;
    }

    /** Makes the thread so that it takes nothing over from whoever reports: see {@link UnobservedFailures}. */
    @SuppressWarnings("removal")
    private Thread makeThread() {
        Thread made = AccessController.doPrivileged(
                (PrivilegedAction<Thread>) () -> new Thread(null, this::deliver, "gearbox-reports: " + name, 0, false));
        made.setDaemon(true);
        made.setContextClassLoader(Delivery.class.getClassLoader());
        return made;
    }

    private void deliver() {
        for (Item item = next(); item != null; item = next()) {
            try {
                listener.blocked(item.report, item.leftOut);
            } catch (Throwable failure) {
                if (!failed) {
                    failed = true;
                    LOG.log(Level.ERROR, "a listener for blocked tasks failed (" + name + "); it is told again", failure);
                }
            }
            Thread.interrupted(); // what a listener did to its thread is not the next report's business
        }
    }

    private synchronized Item next() {
        Item next = items.poll();
        if (next == null) {
            thread = null;
        }
        return next;
    }

    /** Ends it: what waits is dropped, and the thread is interrupted and let go. */
    synchronized void close() {
        closed = true;
        items.clear();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
