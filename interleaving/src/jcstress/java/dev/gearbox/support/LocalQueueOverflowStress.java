package dev.gearbox.support;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The owner pushes into a full queue, so that half of it moves to the global queue, while a thief steals half of it. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "each run is in one place")
@Outcome(expect = Expect.FORBIDDEN, desc = "so many runs are lost or doubled")
@State
public class LocalQueueOverflowStress {
    private static final Run[] RUNS = new Run[LocalQueue.CAPACITY + 2];

    static {
        for (int i = 0; i < RUNS.length; i++) {
            RUNS[i] = new Run(i);
        }
    }

    private final LocalQueue own = new LocalQueue();
    private final LocalQueue thief = new LocalQueue();
    private final GlobalQueue overflow = new GlobalQueue();
    private Runnable stolen;

    public LocalQueueOverflowStress() {
        for (int i = 0; i < LocalQueue.CAPACITY; i++) {
            own.push(RUNS[i], overflow);
        }
    }

    @Actor
    public void owner() {
        own.push(RUNS[LocalQueue.CAPACITY], overflow);
        own.push(RUNS[LocalQueue.CAPACITY + 1], overflow);
    }

    @Actor
    public void thief() {
        stolen = own.stealInto(thief);
    }

    @Arbiter
    public void everything(I_Result result) {
        int[] found = new int[RUNS.length];
        count(found, stolen);
        own.drainTo(run -> count(found, run));
        thief.drainTo(run -> count(found, run));
        overflow.drainTo(run -> count(found, run));
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
