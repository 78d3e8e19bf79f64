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

    /** Null unless it waits; changed under the buffer's lock. */
    Waiter waiter;

    Send(Sender<T> sender, T message) {
        this.sender = sender;
        this.message = message;
    }

    /** Returns the waiter, if there is none yet the one that the last send of this sender used; under the buffer's lock. */
    Waiter waiter() {
        if (waiter == null) {
            waiter = sender.spare == null ? new Waiter() : sender.spare;
            sender.spare = null;
        }
        return waiter;
    }

    /** Leaves the waiter, which is in no list, to the next send that waits; under the buffer's lock. */
    void giveWaiterBack() {
        sender.spare = waiter;
        waiter = null;
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
                sender.buffer.giveUpSending(this);
            }
        }
    }
}
