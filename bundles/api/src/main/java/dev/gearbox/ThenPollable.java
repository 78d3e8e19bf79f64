package dev.gearbox;

/** Goes on with the pollable that a function makes of the first one's value. */
final class ThenPollable<S, T> extends SourcedPollable<S, T> {
    private final CheckedFunction<? super S, ? extends Pollable<? extends T>> next;
    private Pollable<? extends T> second;
    private boolean finished;

    ThenPollable(Pollable<S> source, CheckedFunction<? super S, ? extends Pollable<? extends T>> next) {
        super(source);
        this.next = next;
    }

    @Override
    public Poll<T> poll(Waker waker) throws Exception {
        if (finished) {
            throw new IllegalStateException("polled again after it had finished");
        }
        boolean pending = false;
        try {
            if (second == null) {
                Poll<? extends S> first = pollSource(waker);
                if (!first.isReady()) {
                    pending = true;
                    return Poll.pending();
                }
                second = next.apply(first.value());
            }
            Poll<? extends T> poll = second.poll(waker);
            pending = !poll.isReady();
            return pending ? Poll.pending() : Poll.ready(poll.value());
        } finally {
            finished = !pending;
        }
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        finished = true;
        super.close();
        if (second != null) {
            second.close();
        }
    }
}
