package dev.gearbox.runtime;

import dev.gearbox.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task is cancelled while it begins to block inside its poll: it sees that itself, or is woken. */
@JCStressTest
@Outcome(id = "1, [01]", expect = Expect.ACCEPTABLE, desc = "seen")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "woken")
@Outcome(expect = Expect.FORBIDDEN, desc = "it blocks for ever")
@State
public class TaskCancelAwaitStress {
    private final TaskCell<Boolean> task = Cells.queued(Cells.home(null), waker -> Poll.pending());
    private volatile int woken;

    @Actor
    public void waiter(II_Result result) {
        task.onCancel(() -> woken = 1);
        result.r1 = task.isCancelled() ? 1 : 0;
    }

    @Actor
    public void canceller() {
        task.cancel();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r2 = woken;
    }
}
