package dev.gearbox.scheduler.classic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A thread outside queues a run while the last worker goes to sleep: it sees the sleeper, or the sleeper sees the run.
 * Hunts for a queue that gives its lock back without a fence and counts as empty until that is seen.
 */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "somebody looks for the run")
@Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "a run is queued, one sleeps, nobody looks")
@State
public class PushFromOutsideAgainstSleepStress {
    private final Steps steps = new Steps(2);

    @Actor
    public void pusher() {
        steps.global.push(Steps.RUN);
        steps.roles.wakeOne();
    }

    @Actor
    public void sleeper() {
        steps.roles.sleep(steps.lanes.get(1), false, false);
    }

    @Arbiter
    public void look(Z_Result result) {
        result.r1 = steps.isWorkOverlooked();
    }
}
