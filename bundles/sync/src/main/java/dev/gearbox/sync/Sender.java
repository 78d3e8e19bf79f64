package dev.gearbox.sync;

import dev.gearbox.Pollable;
import java.util.Objects;

/**
 * The sending end of a {@link Channel}.
 *
 * <p>Thread-safe; any number of sends may wait at the same time.
 *
 * @param <T> the type of the messages
 */
public final class Sender<T> implements AutoCloseable {
    final Buffer<T> buffer;

    /** For the first of its sends that wait, so that a wait costs no memory; it is free when it is in no list. */
    final Waiter waiter = new Waiter();

    private final Channel<T> channel;
    private volatile boolean closed;

    Sender(Channel<T> channel) {
        this.channel = channel;
        buffer = channel.buffer;
    }

    /**
     * Returns a pollable that waits for room, puts the message into the channel, and is ready then.
     *
     * <p>It fails with {@link ChannelClosedException} if the channel has closed before. Closing the pollable before it is
     * ready gives the wait up: the message is not sent.
     */
    public Pollable<Void> send(T message) {
        return new Send<>(this, Objects.requireNonNull(message, "message"));
    }

    /**
     * Puts the message into the channel if there is room; never waits.
     *
     * @return false if there was no room, or others have waited for it for too long
     * @throws ChannelClosedException if this sender or the channel has closed
     */
    public boolean trySend(T message) {
        Objects.requireNonNull(message, "message");
        if (isClosed()) {
            throw closed();
        }
        Buffer.Outcome outcome = buffer.offer(message, null, null);
        if (outcome == Buffer.Outcome.CLOSED) {
            throw channelClosed();
        }
        return outcome == Buffer.Outcome.ACCEPTED;
    }

    /**
     * Closes this sender, and with the last open one its channel; any number of calls; never blocks.
     *
     * <p>A send of this sender that still waits fails when it is polled next.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        channel.senderClosed();
    }

    boolean isClosed() {
        return closed;
    }

    static ChannelClosedException closed() {
        return new ChannelClosedException("the sender was closed");
    }

    static ChannelClosedException channelClosed() {
        return new ChannelClosedException("the channel has closed");
    }
}
