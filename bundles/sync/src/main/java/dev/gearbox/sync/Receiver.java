package dev.gearbox.sync;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.stream.AsyncStream;

/**
 * A receiving end of a {@link Channel}: the stream of those messages that it is the first to take.
 *
 * <p>For one thread at a time, as every stream; receivers of the same channel are independent of each other. Waiting holds
 * no message: what is given up is the wait only, and another receiver is woken in its place.
 *
 * @param <T> the type of the messages
 */
public final class Receiver<T> implements AsyncStream<T> {
    private final Channel<T> channel;
    private final Buffer<T> buffer;
    private final Waiter waiter = new Waiter();
    private boolean ended;
    private boolean closed;

    Receiver(Channel<T> channel) {
        this.channel = channel;
        buffer = channel.buffer;
    }

    /** Returns a pollable that ends with the next message, or null when the channel has closed and is empty. */
    public Pollable<T> receive() {
        return next();
    }

    @Override
    public Pollable<T> next() {
        return new Receive<>(this);
    }

    /**
     * Returns the next message, or null if there is none now or others have waited for it for too long; never waits.
     *
     * @throws IllegalStateException if this receiver was closed
     */
    public T tryReceive() {
        requireOpen();
        Object message = buffer.poll(waiter, null);
        return message == Buffer.END ? null : typed(message);
    }

    /** Returns whether the channel has closed and is empty, so that no message will ever come. */
    public boolean isEnded() {
        return buffer.isDrained();
    }

    @Override
    public Poll<T> pollNext(Waker waker) {
        Object message = pollNow(waker);
        return message == null ? Poll.pending() : Poll.ready(message == Buffer.END ? null : typed(message));
    }

    /** Returns the next message, {@link Buffer#END}, or null; then, if the waker is not null, waits from now on. */
    Object pollNow(Waker waker) {
        requireOpen();
        if (ended) {
            throw new IllegalStateException("polled again after it had finished");
        }
        Object message = buffer.poll(waiter, waker);
        ended = message == Buffer.END;
        return message;
    }

    @Override
    public void forgetWaker() {
        if (waiter.hasEntered()) {
            buffer.giveUpReceiving(waiter);
        }
    }

    /**
     * Closes this receiver, and with the last open one its channel, whose messages are then dropped.
     *
     * <p>A receiver at its end should be closed too, but need not.
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            forgetWaker();
            channel.receiverClosed();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the receiver was closed");
        }
    }

    @SuppressWarnings("unchecked")
    T typed(Object message) {
        return (T) message;
    }
}
