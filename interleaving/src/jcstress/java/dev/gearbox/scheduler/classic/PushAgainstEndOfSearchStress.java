package dev.gearbox.scheduler.classic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * One worker queues a run while another, the only one that searches, stops because it has found work elsewhere; a third
 * sleeps. Hunts for the push that relies on a search which is over already.
 */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "somebody looks for the run")
@Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "a run is queued, one sleeps, nobody looks")
@State
public class PushAgainstEndOfSearchStress {
    private final Steps steps = new Steps(3);

    public PushAgainstEndOfSearchStress() {
        steps.roles.sleep(steps.lanes.get(2), false, false);
        steps.roles.startSearching();
    }

    @Actor
    public void pusher() {
        steps.lanes.get(0).queue.push(Steps.RUN, steps.global);
        steps.roles.wakeOne();
    }

    @Actor
    public void searcher() {
        steps.roles.stopSearching();
    }

    @Arbiter
    public void look(Z_Result result) {
        result.r1 = steps.isWorkOverlooked();
    }
}
