package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Round;
import java.util.concurrent.atomic.LongAdder;

/** Tasks that each keep their thread for 50 ms, then yield, until they are stopped. */
final class Hogs {
    /** What a hog does for a millisecond. */
    @FunctionalInterface
    interface Millisecond {
        void spend() throws Exception;
    }

    private static final int COUNT = 8;
    static final int SLICE_MILLIS = 50;

    private final Millisecond work;
    private final int portion;
    /** So that the workers share them out at the start, as they do with tasks that are woken. */
    private final StartLine line = new StartLine(COUNT);
    private final LongAdder spent = new LongAdder();
    private final Finish finish = new Finish(COUNT);
    private volatile boolean stopped;

    /**
     * Starts them, in polled style: a yield is a wake of one's own and the end of the poll, so no scheduler is told that
     * the thread is about to block.
     *
     * @param portion how many milliseconds one call of the work spends, a divisor of 50
     */
    Hogs(AsyncRuntime runtime, int portion, Millisecond work) {
        this.work = work;
        this.portion = portion;
        for (int i = 0; i < COUNT; i++) {
            int place = i;
            runtime.spawn((Pollable<Void>) waker -> line.pass(place, waker) ? slice(waker) : Poll.pending());
        }
    }

    private Poll<Void> slice(Waker waker) throws Exception {
        for (int i = 0; i < SLICE_MILLIS / portion && !stopped; i++) {
            work.spend();
            spent.add(portion);
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
        return spent.sum() / (double) SLICE_MILLIS;
    }

    /** Stops all and waits until they are gone; reports those that do not come. */
    void stop(Round round) throws InterruptedException {
        stopped = true;
        try {
            finish.await();
        } catch (LostWorkException lost) {
            round.loss("hogs: " + lost.getMessage());
        }
    }
}
