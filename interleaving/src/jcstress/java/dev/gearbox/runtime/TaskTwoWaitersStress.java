package dev.gearbox.runtime;

import dev.gearbox.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads poll the handle of a task that then ends: both wakers are woken, once. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both woken")
@Outcome(expect = Expect.FORBIDDEN, desc = "a registration has overwritten the other, or one is there twice")
@State
public class TaskTwoWaitersStress {
    private final TaskCell<Integer> task = Cells.queued(Cells.home(null), waker -> Poll.ready(42));
    private int one;
    private int other;

    @Actor
    public void one() {
        Cells.poll(task, () -> one++);
    }

    @Actor
    public void other() {
        Cells.poll(task, () -> other++);
    }

    @Arbiter
    public void end(II_Result result) {
        task.run();
        result.r1 = one;
        result.r2 = other;
    }
}
