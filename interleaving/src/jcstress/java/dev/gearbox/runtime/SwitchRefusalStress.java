package dev.gearbox.runtime;

import dev.gearbox.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A run is refused by a scheduler that has closed, while its successor comes into gear: the successor stays in gear and
 * gets the run. Hunts for a refusal that takes the wrong one out of gear.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the successor has it")
@Outcome(expect = Expect.FORBIDDEN, desc = "stranded in neutral gear, lost or doubled")
@State
public class SwitchRefusalStress {
    private final SchedulerSwitch home = Cells.home(new QueueingScheduler(true));
    private final TaskCell<Boolean> task = Cells.queued(home, waker -> Poll.pending());
    private final QueueingScheduler successor = new QueueingScheduler(false);

    @Actor
    public void spawner() {
        home.schedule(task);
    }

    @Actor
    public void selector() {
        home.shift(successor);
        home.engaged();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = successor.size();
        result.r2 = home.held();
    }
}
