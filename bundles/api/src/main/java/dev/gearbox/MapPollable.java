package dev.gearbox;

/** Applies a function to the value of another pollable. */
final class MapPollable<S, T> extends SourcedPollable<S, T> {
    private final CheckedFunction<? super S, ? extends T> function;

    MapPollable(Pollable<S> source, CheckedFunction<? super S, ? extends T> function) {
        super(source);
        this.function = function;
    }

    @Override
    public Poll<T> poll(Waker waker) throws Exception {
        Poll<? extends S> poll = pollSource(waker);
        return poll.isReady() ? Poll.ready(function.apply(poll.value())) : Poll.pending();
    }
}
