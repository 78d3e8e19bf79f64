package dev.gearbox.stream;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;

/** Takes all elements of a stream and ends with a result. */
abstract class Drain<T, R> extends Stage<T> implements Pollable<R> {
    Drain(AsyncStream<T> source) {
        super(source);
    }

    abstract void accept(T element) throws Exception;

    abstract R result() throws Exception;

    @Override
    public final Poll<R> poll(Waker waker) throws Exception {
        boolean more = false;
        try {
            for (int taken = 0; taken < TURN; taken++) {
                Poll<T> poll = pollSource(waker);
                if (!poll.isReady()) {
                    more = true;
                    return Poll.pending();
                }
                if (poll.value() == null) {
                    return Poll.ready(result());
                }
                accept(poll.value());
            }
            more = true;
            waker.wake();
            return Poll.pending();
        } finally {
            if (!more) {
                closeSource();
            }
        }
    }

    @Override
    public final void close() {
        closeSource();
    }
}
