package dev.gearbox.scheduler.classic;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the scheduler as a whole was told, for its threads to obey before their next run: hand back, renew, close.
 *
 * <p>A thread compares {@link #version()} with what it obeyed last, one volatile read before each run, and looks at the
 * rest only if it differs. Each order is written before the version rises.
 */
final class Orders {
    private final AtomicInteger version = new AtomicInteger();
    private final AtomicInteger handBacks = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Returns a number that changes with each order. */
    int version() {
        return version.get();
    }

    /** Returns how often it was ordered to hand back. */
    int handBacks() {
        return handBacks.get();
    }

    /** Returns how often it was ordered to renew the threads. */
    int renewals() {
        return renewals.get();
    }

    boolean isClosed() {
        return closed.get();
    }

    void handBack() {
        handBacks.incrementAndGet();
        version.incrementAndGet();
    }

    void renew() {
        renewals.incrementAndGet();
        version.incrementAndGet();
    }

    /** Tells that something that threads compare with was changed, such as the number of workers. */
    void look() {
        version.incrementAndGet();
    }

    /** Returns whether it was open until now. */
    boolean close() {
        boolean first = closed.compareAndSet(false, true);
        version.incrementAndGet();
        return first;
    }
}
