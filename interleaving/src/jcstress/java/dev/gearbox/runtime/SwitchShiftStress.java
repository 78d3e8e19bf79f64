package dev.gearbox.runtime;

import dev.gearbox.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A run is scheduled while a scheduler comes into gear: the scheduler gets it, once, and neutral gear holds nothing. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the scheduler has it")
@Outcome(expect = Expect.FORBIDDEN, desc = "stranded in neutral gear, lost or doubled")
@State
public class SwitchShiftStress {
    private final SchedulerSwitch home = Cells.home(null);
    private final TaskCell<Boolean> task = Cells.queued(home, waker -> Poll.pending());
    private final QueueingScheduler scheduler = new QueueingScheduler(false);

    @Actor
    public void spawner() {
        home.schedule(task);
    }

    @Actor
    public void selector() {
        home.shift(scheduler);
        home.engaged();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = scheduler.size();
        result.r2 = home.held();
    }
}
