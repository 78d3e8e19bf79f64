package dev.gearbox.net;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.IOException;

/** Repeats a step until it is ready or fails; holds nothing, so that closing it only forbids further polls. */
final class UdpPollable<T> implements Pollable<T> {
    /** What is done at each poll. */
    @FunctionalInterface
    interface Step<T> {
        Poll<T> poll(Waker waker) throws IOException;
    }

    /** Null once finished. */
    private Step<T> step;

    UdpPollable(Step<T> step) {
        this.step = step;
    }

    @Override
    public Poll<T> poll(Waker waker) throws IOException {
        Step<T> current = step;
        if (current == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        step = null;
        Poll<T> poll = current.poll(waker);
        if (!poll.isReady()) {
            step = current;
        }
        return poll;
    }

    @Override
    public void close() {
        step = null;
    }
}
