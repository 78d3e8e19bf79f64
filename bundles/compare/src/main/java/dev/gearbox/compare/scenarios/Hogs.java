package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Round;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Tasks that each keep their thread for 50 ms, then yield, until they are stopped. */
final class Hogs {
    /** What a hog does for a part of its slice. */
    @FunctionalInterface
    interface Work {
        /** Spends the time; {@code place} is the hog's number. */
        void spend(int place) throws Exception;
    }

    /** Four for each processor, so that a scheduler that runs them in turn needs 200 ms for a turn on any machine. */
    static final int COUNT = 4 * Runtime.getRuntime().availableProcessors();

    static final int SLICE_MILLIS = 50;

    private final Work work;
    private final int parts;
    /** So that the workers share them out at the start, as they do with tasks that are woken. */
    private final StartLine line = new StartLine(COUNT);
    private final LongAdder spent = new LongAdder();
    private final Finish finish = new Finish(COUNT);
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopped;

    /**
     * Starts them, in polled style: a yield is a wake of one's own and the end of the poll, so no scheduler is told that
     * the thread is about to block.
     *
     * @param parts how many calls of the work make a slice
     */
    Hogs(AsyncRuntime runtime, int parts, Work work) {
        this.work = work;
        this.parts = parts;
        for (int i = 0; i < COUNT; i++) {
            int place = i;
            runtime.spawn((Pollable<Void>) waker -> line.pass(place, waker) ? slice(place, waker) : Poll.pending());
        }
    }

    private Poll<Void> slice(int place, Waker waker) {
        try {
            for (int i = 0; i < parts && !stopped; i++) {
                work.spend(place);
                spent.increment();
            }
        } catch (Exception broken) {
            failure.compareAndSet(null, broken);
            stopped = true;
        }
        if (stopped) {
            finish.arrive();
            return Poll.ready(null);
        }
        waker.wake();
        return Poll.pending();
    }

    /** Returns how many slices have been spent, also in part. */
    double slices() {
        return spent.sum() / (double) parts;
    }

    /**
     * Stops all and waits until they are gone; reports those that do not come.
     *
     * @throws Exception what the work failed with, if it did
     */
    void stop(Round round) throws Exception {
        stopped = true;
        try {
            finish.await();
        } catch (LostWorkException lost) {
            round.loss("hogs: " + lost.getMessage());
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
