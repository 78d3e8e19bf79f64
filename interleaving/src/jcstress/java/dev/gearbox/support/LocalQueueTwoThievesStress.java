package dev.gearbox.support;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two thieves steal from one queue; then its owner polls, which nulls the slots that nobody copies from any more. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "each run is in one place")
@Outcome(expect = Expect.FORBIDDEN, desc = "so many runs are lost or doubled")
@State
public class LocalQueueTwoThievesStress {
    private static final Run[] RUNS = new Run[LocalQueue.CAPACITY];

    static {
        for (int i = 0; i < RUNS.length; i++) {
            RUNS[i] = new Run(i);
        }
    }

    private final LocalQueue own = new LocalQueue();
    private final LocalQueue one = new LocalQueue();
    private final LocalQueue other = new LocalQueue();
    private Runnable polled;
    private Runnable polledNext;
    private Runnable stolenByOne;
    private Runnable stolenByOther;

    public LocalQueueTwoThievesStress() {
        GlobalQueue overflow = new GlobalQueue();
        for (Run run : RUNS) {
            own.push(run, overflow);
        }
    }

    @Actor
    public void one() {
        stolenByOne = own.stealInto(one);
    }

    @Actor
    public void otherAndThenTheOwner() {
        stolenByOther = own.stealInto(other);
        polled = own.poll();
        polledNext = own.poll();
    }

    @Arbiter
    public void everything(I_Result result) {
        int[] found = new int[RUNS.length];
        count(found, polled);
        count(found, polledNext);
        count(found, stolenByOne);
        count(found, stolenByOther);
        own.drainTo(run -> count(found, run));
        one.drainTo(run -> count(found, run));
        other.drainTo(run -> count(found, run));
        for (int times : found) {
            result.r1 += times == 1 ? 0 : 1;
        }
    }

    private static void count(int[] found, Runnable run) {
        if (run != null) {
            found[((Run) run).name]++;
        }
    }

    private record Run(int name) implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("not to be run");
        }
    }
}
