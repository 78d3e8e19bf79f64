package dev.gearbox.sync;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;

/** One message on its way into a channel. */
final class Send<T> implements Pollable<Void> {
    private final Sender<T> sender;
    private final Channel<T> channel;

    /** Null once finished. */
    private T message;

    /** Null until it has to wait. */
    private Waiter waiter;

    Send(Sender<T> sender, Channel<T> channel, T message) {
        this.sender = sender;
        this.channel = channel;
        this.message = message;
    }

    @Override
    public Poll<Void> poll(Waker waker) {
        if (message == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        Ring.Outcome outcome = offer();
        if (outcome == Ring.Outcome.FULL) {
            if (waiter == null) {
                waiter = new Waiter();
            }
            channel.sending.enter(waiter, waker);
            outcome = offer();
            if (outcome == Ring.Outcome.FULL) {
                return Poll.pending();
            }
        }
        finish(outcome);
        return Poll.ready(null);
    }

    private Ring.Outcome offer() {
        try {
            sender.requireOpen();
        } catch (ChannelClosedException closed) {
            close();
            throw closed;
        }
        return channel.sending.lets(waiter) ? channel.ring.offer(message) : closedOrFull();
    }

    private Ring.Outcome closedOrFull() {
        return channel.ring.isClosed() ? Ring.Outcome.CLOSED : Ring.Outcome.FULL;
    }

    private void finish(Ring.Outcome outcome) {
        message = null;
        if (waiter != null) {
            channel.sending.leave(waiter);
            if (channel.ring.size() < channel.ring.capacity() || channel.ring.isClosed()) {
                channel.sending.wakeOne();
            }
        }
        if (outcome == Ring.Outcome.CLOSED) {
            throw new ChannelClosedException("the channel has closed");
        }
        channel.receiving.wakeOne();
    }

    @Override
    public void close() {
        if (message != null) {
            message = null;
            if (waiter != null && channel.sending.leave(waiter)) {
                channel.sending.wakeOne();
            }
        }
    }
}
