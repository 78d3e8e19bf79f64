package dev.gearbox;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tells whoever polled a {@link Pollable} that polling it again may make progress.
 *
 * <p>Any thread may call {@link #wake()}, at any time and any number of times, also after the pollable has finished. A
 * waker is compared by identity: a pollable that is polled again with the same waker need not store it again.
 *
 * <p>What a thread did before {@code wake()} is visible to the poll that this wake leads to.
 */
@ConsumerType
@FunctionalInterface
public interface Waker {
    /** Asks for another poll; returns soon, never blocks and never throws. */
    void wake();
}
