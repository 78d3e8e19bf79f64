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
    private final Waiter waiter = new Waiter();
    private boolean ended;
    private boolean closed;

    Receiver(Channel<T> channel) {
        this.channel = channel;
    }

    /** Returns a pollable that ends with the next message, or null when the channel has closed and is empty. */
    public Pollable<T> receive() {
        return next();
    }

    /**
     * Returns the next message, or null if there is none now or others have waited for it for too long; never waits.
     *
     * @throws IllegalStateException if this receiver was closed
     */
    public T tryReceive() {
        requireOpen();
        T message = take();
        if (message != null) {
            taken();
        }
        return message;
    }

    /** Returns whether the channel has closed and is empty, so that no message will ever come. */
    public boolean isEnded() {
        return channel.ring.isDrained();
    }

    @Override
    public Poll<T> pollNext(Waker waker) {
        requireOpen();
        if (ended) {
            throw new IllegalStateException("polled again after it had finished");
        }
        T message = take();
        if (message == null) {
            if (!channel.ring.isDrained()) {
                channel.receiving.enter(waiter, waker);
                message = take();
            }
            if (message == null && !channel.ring.isDrained()) {
                return Poll.pending();
            }
        }
        if (message == null) {
            ended = true;
        }
        taken();
        return Poll.ready(message);
    }

    @Override
    public void forgetWaker() {
        if (waiter.registered && channel.receiving.leave(waiter)) {
            channel.receiving.wakeOne();
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

    private T take() {
        return channel.receiving.lets(waiter) ? channel.ring.poll() : null;
    }

    /** Having taken a message, or found the end: wakes a sender, and the receiver for which there is more. */
    private void taken() {
        if (waiter.registered) {
            channel.receiving.leave(waiter);
            if (channel.ring.size() > 0 || channel.ring.isClosed()) {
                channel.receiving.wakeOne();
            }
        }
        channel.sending.wakeOne();
    }
}
