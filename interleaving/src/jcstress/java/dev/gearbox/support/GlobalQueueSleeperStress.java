package dev.gearbox.support;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * One thread queues a run and then looks for a sleeper, another says that it sleeps and then looks for a run: one of the
 * two sees the other. Hunts for a queue that gives its lock back without a fence and counts as empty until that is seen.
 */
@JCStressTest
@Outcome(id = {"true, false", "true, true", "false, false"}, expect = Expect.ACCEPTABLE, desc = "one has seen the other")
@Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "a run is queued, and one sleeps")
@State
public class GlobalQueueSleeperStress {
    private static final Runnable RUN = () -> {};

    private final GlobalQueue queue = new GlobalQueue();
    private volatile boolean sleeping;

    @Actor
    public void pusher(ZZ_Result result) {
        queue.push(RUN);
        result.r1 = sleeping;
    }

    @Actor
    public void sleeper(ZZ_Result result) {
        sleeping = true;
        result.r2 = queue.isEmpty();
    }
}
