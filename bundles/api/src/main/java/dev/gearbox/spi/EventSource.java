package dev.gearbox.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something whose events become wakes, and which somebody has to poll for them.
 *
 * <p>It has a thread of its own for that, which sleeps while a scheduler has announced itself.
 */
@ConsumerType
public interface EventSource extends AutoCloseable {
    /**
     * Takes the polling over from this source's own thread, until the role is closed.
     *
     * @param wakeUp called, by any thread and without locks held, when an event may come earlier than the holder of the
     *     role knows and nobody is inside {@link PollRole#poll}; coalesced: at most once between two polls. It must
     *     return soon.
     * @throws IllegalStateException if another role is open
     * @throws java.util.concurrent.RejectedExecutionException if this source has closed
     */
    PollRole announce(Runnable wakeUp);

    /**
     * Refuses from now on, wakes every waiter, closes the role and ends this source's own thread; called by whoever made
     * the source only.
     */
    @Override
    void close();
}
