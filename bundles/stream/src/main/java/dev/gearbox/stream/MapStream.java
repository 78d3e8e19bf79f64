package dev.gearbox.stream;

import dev.gearbox.CheckedFunction;
import dev.gearbox.Poll;
import dev.gearbox.Waker;
import java.util.Objects;

/** Applies a function to each element of another stream. */
final class MapStream<S, T> extends Stage<S> implements AsyncStream<T> {
    private final CheckedFunction<? super S, ? extends T> function;

    MapStream(AsyncStream<S> source, CheckedFunction<? super S, ? extends T> function) {
        super(source);
        this.function = function;
    }

    @Override
    public Poll<T> pollNext(Waker waker) throws Exception {
        Poll<S> poll = pollSource(waker);
        if (!poll.isReady()) {
            return Poll.pending();
        }
        return poll.value() == null ? Poll.ready(null) : Poll.ready(apply(poll.value()));
    }

    private T apply(S element) throws Exception {
        T result = null;
        try {
            result = Objects.requireNonNull(
                    function.apply(element), "the function given to map returned null, which would be the end");
        } finally {
            if (result == null) {
                closeSource();
            }
        }
        return result;
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
