package dev.gearbox.stream;

import dev.gearbox.Poll;
import dev.gearbox.Waker;

/** A user of a stream, which it closes; the source is null from the moment that this stage or the source has finished. */
abstract class Stage<S> {
    /** The most elements that one poll takes in a row before it lets other tasks run. */
    static final int TURN = 256;

    private AsyncStream<S> source;

    Stage(AsyncStream<S> source) {
        this.source = source;
    }

    /** Polls the source; it is let go when it says the end or throws. */
    final Poll<S> pollSource(Waker waker) throws Exception {
        AsyncStream<S> current = source;
        if (current == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        boolean more = false;
        try {
            Poll<S> poll = current.pollNext(waker);
            more = !poll.isReady() || poll.value() != null;
            return poll;
        } finally {
            if (!more) {
                source = null;
            }
        }
    }

    final void forgetSourceWaker() {
        AsyncStream<S> current = source;
        if (current != null) {
            current.forgetWaker();
        }
    }

    final void closeSource() {
        AsyncStream<S> current = source;
        if (current != null) {
            source = null;
            current.close();
        }
    }
}
