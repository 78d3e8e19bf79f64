package dev.gearbox;

import java.util.Objects;

/** A pollable made from one other, which it closes; finished once it was ready, threw or was closed. */
abstract class SourcedPollable<S, T> implements Pollable<T> {
    /** Null once finished. */
    private Pollable<? extends S> source;

    SourcedPollable(Pollable<? extends S> source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /** Polls the source; it is let go as soon as it is ready or has failed. */
    final Poll<? extends S> pollSource(Waker waker) throws Exception {
        Pollable<? extends S> current = source;
        if (current == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        boolean pending = false;
        try {
            Poll<? extends S> poll = current.poll(waker);
            pending = !poll.isReady();
            return poll;
        } finally {
            if (!pending) {
                source = null;
            }
        }
    }

    @Override
    public void close() {
        Pollable<? extends S> current = source;
        if (current != null) {
            source = null;
            current.close();
        }
    }
}
