package dev.gearbox.sync;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.spi.Await;

/** One wait for a message. */
final class Receive<T> implements Pollable<T> {
    /** Null once finished. */
    private Receiver<T> receiver;

    private boolean waiting;

    Receive(Receiver<T> receiver) {
        this.receiver = receiver;
    }

    @Override
    public Poll<T> poll(Waker waker) {
        Receiver<T> current = receiver;
        if (current == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        receiver = null;
        Poll<T> poll = current.pollNext(waker);
        waiting = !poll.isReady();
        if (waiting) {
            receiver = current;
        }
        return poll;
    }

    /** Takes a message that is there without the preparations for a wait; see {@link LockRequest#await()}. */
    @Override
    public T await() throws Exception {
        Receiver<T> current = receiver;
        if (current == null || waiting) {
            return Await.await(this);
        }
        receiver = null;
        Object message = Direct.isCancelled() ? null : current.pollNow(null);
        if (message == null) {
            return Await.await(new Receive<>(current));
        }
        return message == Buffer.END ? null : current.typed(message);
    }

    @Override
    public void close() {
        Receiver<T> current = receiver;
        receiver = null;
        if (current != null && waiting) {
            current.forgetWaker();
        }
    }
}
