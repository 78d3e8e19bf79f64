package dev.gearbox.runtime;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.spi.Await;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Ends as its source does, or fails when a sleep is over first. */
final class TimeoutPollable<T> implements Pollable<T> {
    private final Pollable<T> source;
    private final Sleep sleep;
    private final Duration duration;
    private boolean finished;

    TimeoutPollable(Pollable<T> source, Sleep sleep, Duration duration) {
        this.source = source;
        this.sleep = sleep;
        this.duration = duration;
    }

    @Override
    public Poll<T> poll(Waker waker) throws Exception {
        if (finished) {
            throw new IllegalStateException("polled again after it had finished");
        }
        boolean pending = false;
        boolean sourceWaits = false;
        try {
            Poll<T> poll = source.poll(waker);
            if (poll.isReady()) {
                return poll;
            }
            sourceWaits = true;
            if (sleep.poll(waker).isReady()) { // it fails when the runtime has stopped
                throw new TimeoutException("not ready after " + duration);
            }
            pending = true;
            return poll;
        } finally {
            if (!pending) {
                finished = true;
                sleep.close();
                if (sourceWaits) {
                    source.close();
                }
            }
        }
    }

    @Override
    public T await() throws Exception {
        return Await.await(this, sleep::checkOpen);
    }

    @Override
    public void close() {
        if (!finished) {
            finished = true;
            sleep.close();
            source.close();
        }
    }
}
