package dev.gearbox.stream;

import dev.gearbox.CheckedFunction;
import dev.gearbox.Poll;
import dev.gearbox.Waker;

/** Passes on those elements of another stream that a predicate accepts. */
final class FilterStream<T> extends Stage<T> implements AsyncStream<T> {
    private final CheckedFunction<? super T, Boolean> predicate;

    FilterStream(AsyncStream<T> source, CheckedFunction<? super T, Boolean> predicate) {
        super(source);
        this.predicate = predicate;
    }

    @Override
    public Poll<T> pollNext(Waker waker) throws Exception {
        for (int refused = 0; refused < TURN; refused++) {
            Poll<T> poll = pollSource(waker);
            if (!poll.isReady() || poll.value() == null || accepts(poll.value())) {
                return poll;
            }
        }
        waker.wake();
        return Poll.pending();
    }

    private boolean accepts(T element) throws Exception {
        boolean failed = true;
        try {
            boolean accepted = predicate.apply(element);
            failed = false;
            return accepted;
        } finally {
            if (failed) {
                closeSource();
            }
        }
    }

    @Override
    public void forgetWaker() {
        forgetSourceWaker();
    }

    @Override
    public void close() {
        closeSource();
    }
}
