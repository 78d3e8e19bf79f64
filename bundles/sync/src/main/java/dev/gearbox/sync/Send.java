package dev.gearbox.sync;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.spi.Await;

/** One message on its way into a channel. */
final class Send<T> implements Pollable<Void> {
    private final Sender<T> sender;

    /** Null once finished. */
    private T message;

    /** Null until it has to wait; set under the buffer's lock. */
    Waiter waiter;

    Send(Sender<T> sender, T message) {
        this.sender = sender;
        this.message = message;
    }

    /** Returns the waiter, at the first call the sender's own unless another send has it; under the buffer's lock. */
    Waiter waiter() {
        if (waiter == null) {
            waiter = sender.waiter.hasEntered() ? new Waiter() : sender.waiter;
        }
        return waiter;
    }

    @Override
    public Poll<Void> poll(Waker waker) {
        if (message == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        if (sender.isClosed()) {
            close();
            throw Sender.closed();
        }
        Buffer.Outcome outcome = sender.buffer.offer(message, this, waker);
        if (outcome == Buffer.Outcome.FULL) {
            return Poll.pending();
        }
        message = null;
        if (outcome == Buffer.Outcome.CLOSED) {
            throw Sender.channelClosed();
        }
        return Poll.ready(null);
    }

    /** Sends at once if there is room, without the preparations for a wait. */
    @Override
    public Void await() throws Exception {
        T unsent = message;
        if (unsent == null || waiter != null) {
            return Await.await(this);
        }
        message = null;
        if (!Direct.isCancelled() && sender.trySend(unsent)) {
            return null;
        }
        return Await.await(new Send<>(sender, unsent));
    }

    @Override
    public void close() {
        if (message != null) {
            message = null;
            if (waiter != null) {
                sender.buffer.giveUpSending(waiter);
            }
        }
    }
}
