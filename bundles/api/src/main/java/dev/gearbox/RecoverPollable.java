package dev.gearbox;

/** Turns an exception of another pollable into a value. */
final class RecoverPollable<T> extends SourcedPollable<T, T> {
    private final CheckedFunction<? super Exception, ? extends T> function;
    private boolean finished;

    RecoverPollable(Pollable<T> source, CheckedFunction<? super Exception, ? extends T> function) {
        super(source);
        this.function = function;
    }

    @Override
    public Poll<T> poll(Waker waker) throws Exception {
        if (finished) {
            throw new IllegalStateException("polled again after it had finished");
        }
        finished = true;
        Poll<? extends T> poll;
        try {
            poll = pollSource(waker);
        } catch (Exception failure) {
            return Poll.ready(function.apply(failure));
        }
        finished = poll.isReady();
        return finished ? Poll.ready(poll.value()) : Poll.pending();
    }

    @Override
    public void close() {
        finished = true;
        super.close();
    }
}
