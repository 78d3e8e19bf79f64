package dev.gearbox.stream;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;

/** Waits for one element of a stream that others go on to use. */
final class Next<T> implements Pollable<T> {
    /** Null once finished. */
    private AsyncStream<T> stream;

    private boolean waiting;

    Next(AsyncStream<T> stream) {
        this.stream = stream;
    }

    @Override
    public Poll<T> poll(Waker waker) throws Exception {
        AsyncStream<T> current = stream;
        if (current == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        waiting = false;
        try {
            Poll<T> poll = current.pollNext(waker);
            waiting = !poll.isReady();
            return poll;
        } finally {
            if (!waiting) {
                stream = null;
            }
        }
    }

    @Override
    public void close() {
        AsyncStream<T> current = stream;
        stream = null;
        if (current != null && waiting) {
            current.forgetWaker();
        }
    }
}
