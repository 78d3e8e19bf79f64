package dev.gearbox;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told of tasks that keep their threads for long.
 *
 * <p>In OSGi register it as a service; the runtime finds it. In plain Java give it to
 * {@link Gearbox#addBlockedTaskListener}.
 *
 * <p>Called by a thread of its own, one call at a time, so that it may take its time; up to 64 reports wait for it, and
 * what comes beyond is dropped and counted. What it throws is logged once, and it is called again. When it is taken away
 * while it is being called, that thread is interrupted, and nobody waits for it.
 */
@ConsumerType
@FunctionalInterface
public interface BlockedTaskListener {
    /**
     * Told of one poll.
     *
     * <p>Of each call site, owner and kind the first report comes at once, and then at most one a second.
     *
     * @param report what happened
     * @param leftOut how many reports of the same call site, owner and kind there were since the last one that was passed
     *     on to the listeners
     */
    void blocked(BlockedTaskReport report, long leftOut);
}
