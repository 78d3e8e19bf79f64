package dev.gearbox.runtime;

import dev.gearbox.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A run is scheduled in neutral gear while the switch closes: its task ends, and nothing is held for ever. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "abandoned")
@Outcome(expect = Expect.FORBIDDEN, desc = "held for ever, or lost")
@State
public class SwitchCloseStress {
    private final SchedulerSwitch home = Cells.home(null);
    private final TaskCell<Boolean> task = Cells.queued(home, waker -> Poll.pending());

    @Actor
    public void spawner() {
        home.schedule(task);
    }

    @Actor
    public void closer() {
        home.close();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = task.isDone() ? 1 : 0;
        result.r2 = home.held();
    }
}
