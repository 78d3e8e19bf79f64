package dev.gearbox.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The right to poll an {@link EventSource}, held by one scheduler.
 *
 * <p>Thread-safe. After {@link #close()}, or when the source has closed, {@link #poll} returns 0 at once and
 * {@link #isOpen()} is false.
 */
@ConsumerType
public interface PollRole extends AutoCloseable {
    /**
     * Waits for events and delivers them as wakes on the calling thread; a lease that lasts this one call.
     *
     * @param maxWaitNanos how long to wait at most; 0 means not at all
     * @return how many wakes were delivered; 0 at once if another thread is inside
     */
    int poll(long maxWaitNanos);

    /** Returns the {@link System#nanoTime()} of the next event that is known beforehand, or {@link Long#MAX_VALUE}. */
    long nextDeadline();

    /** Makes the thread inside {@link #poll} return soon, or the next call return at once; coalesced. */
    void wakeUp();

    /** Returns whether this role still stands. */
    boolean isOpen();

    /** Gives the polling back to the source's own thread. */
    @Override
    void close();
}
