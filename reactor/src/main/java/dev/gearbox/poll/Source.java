package dev.gearbox.poll;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Something that a {@link Poller} can watch: a {@link ChannelSource} or a {@link UserSource}. Thread-safe.
 *
 * <p>It belongs to the first poller that it is registered with, also after it was deregistered, until that poller closes.
 */
public abstract sealed class Source permits ChannelSource, UserSource {
    private final AtomicReference<Poller> poller = new AtomicReference<>();

    Source() {}

    /** Binds this source, or throws {@link IllegalStateException} if it belongs to another poller. */
    final void bind(Poller to) {
        Poller bound = poller.get();
        while (bound != to) {
            if (bound != null && bound.isOpen()) {
                throw new IllegalStateException(this + " belongs to another poller");
            }
            if (poller.compareAndSet(bound, to)) {
                return;
            }
            bound = poller.get();
        }
    }

    /** Throws {@link IllegalStateException} if this source does not belong to that poller. */
    final void checkBound(Poller to) {
        if (poller.get() != to) {
            throw new IllegalStateException(this + " does not belong to this poller");
        }
    }

    abstract void register(Poller to, Token token, Interest interest, Trigger trigger) throws IOException;

    abstract void reregister(Token token, Interest interest, Trigger trigger) throws IOException;

    abstract void deregister();
}
