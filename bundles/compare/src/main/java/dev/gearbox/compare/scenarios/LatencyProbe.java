package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.time.Duration;

/** One deadline in each millisecond, and how late the task resumes that sleeps until then. */
final class LatencyProbe {
    /*
     * A single task that sleeps 1 ms, again and again, would measure the less often the later it resumes: the worst times
     * would have the fewest samples. So PLACES tasks take turns, each with every PLACES-th deadline. Deadlines are fixed
     * beforehand, and one that a late task has missed counts with its whole lateness. The first deadline is far enough away
     * for all the tasks to have started and armed their timers, or that burst would be measured as well.
     */
    private static final int PLACES = 500;

    private static final int AHEAD_MILLIS = 50;

    private static final long PERIOD_NANOS = 1_000_000;

    private final AsyncRuntime runtime;
    private final double[] latenessMillis;
    private final Finish finish = new Finish(PLACES);
    private final long start = System.nanoTime() + AHEAD_MILLIS * PERIOD_NANOS;

    private LatencyProbe(AsyncRuntime runtime, int deadlines) {
        this.runtime = runtime;
        latenessMillis = new double[deadlines];
    }

    /** Probes for so many milliseconds; returns resume minus deadline of each of them, in milliseconds. */
    static double[] probe(AsyncRuntime runtime, int millis) throws InterruptedException, LostWorkException {
        LatencyProbe probe = new LatencyProbe(runtime, millis);
        for (int place = 0; place < PLACES; place++) {
            runtime.spawn(probe.new Place(place));
        }
        probe.finish.await();
        return probe.latenessMillis;
    }

    private final class Place implements Pollable<Void> {
        private int next;
        private long deadline;
        private Pollable<Void> sleep;

        Place(int first) {
            next = first;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            while (next < latenessMillis.length) {
                if (sleep == null) {
                    deadline = start + next * PERIOD_NANOS;
                    sleep = runtime.sleep(Duration.ofNanos(deadline - System.nanoTime()));
                }
                if (!sleep.poll(waker).isReady()) {
                    return Poll.pending();
                }
                sleep = null;
                latenessMillis[next] = (System.nanoTime() - deadline) / 1e6;
                next += PLACES;
            }
            finish.arrive();
            return Poll.ready(null);
        }
    }
}
