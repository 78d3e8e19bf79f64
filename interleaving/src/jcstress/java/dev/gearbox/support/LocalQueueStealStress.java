package dev.gearbox.support;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The owner pushes two runs and polls one, while a thief steals twice: between them and what is left in both queues,
 * each run is there exactly once. Hunts for a slot that is read before its run is published, or taken twice.
 */
@JCStressTest
@Outcome(id = "1111", expect = Expect.ACCEPTABLE, desc = "each run once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a run is lost, doubled, or was not there yet")
@State
public class LocalQueueStealStress {

    private final LocalQueue own = new LocalQueue();
    private final LocalQueue thief = new LocalQueue();
    private final GlobalQueue overflow = new GlobalQueue();
    private final Run[] runs = {new Run(1), new Run(10), new Run(100), new Run(1000)};
    private Runnable polled;
    private Runnable stolen;
    private Runnable stolenNext;

    public LocalQueueStealStress() {
        own.push(runs[0], overflow);
        own.push(runs[1], overflow);
    }

    @Actor
    public void owner() {
        own.push(runs[2], overflow);
        polled = own.poll();
        own.push(runs[3], overflow);
    }

    @Actor
    public void thief() {
        stolen = own.stealInto(thief);
        stolenNext = thief.poll();
        if (stolenNext == null) {
            stolenNext = own.stealInto(thief);
        }
    }

    @Arbiter
    public void everything(I_Result result) {
        result.r1 = digit(polled) + digit(stolen) + digit(stolenNext) + rest(own) + rest(thief);
    }

    private static int rest(LocalQueue queue) {
        int sum = 0;
        for (Runnable run = queue.poll(); run != null; run = queue.poll()) {
            sum += digit(run);
        }
        return sum;
    }

    private static int digit(Runnable run) {
        return run == null ? 0 : ((Run) run).digit;
    }

    private static final class Run implements Runnable {
        private final int digit;

        Run(int digit) {
            this.digit = digit;
        }

        @Override
        public void run() {
            throw new IllegalStateException("not to be run");
        }
    }
}
