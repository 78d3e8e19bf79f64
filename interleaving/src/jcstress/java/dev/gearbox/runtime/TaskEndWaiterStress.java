package dev.gearbox.runtime;

import dev.gearbox.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task ends while its handle is polled: the poll gets the value, or its waker is woken. */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "pending, and woken")
@Outcome(id = "42, [01]", expect = Expect.ACCEPTABLE, desc = "ready with the value")
@Outcome(expect = Expect.FORBIDDEN, desc = "the one who waits is forgotten, or got something else than the value")
@State
public class TaskEndWaiterStress {
    private final TaskCell<Integer> task = Cells.queued(Cells.home(null), waker -> Poll.ready(42));
    private volatile int woken;

    @Actor
    public void worker() {
        task.run();
    }

    @Actor
    public void waiter(II_Result result) {
        Poll<Integer> poll = Cells.poll(task, () -> woken = 1);
        if (poll.isReady()) {
            Integer value = poll.value();
            result.r1 = value == null ? -1 : value;
        }
    }

    @Arbiter
    public void end(II_Result result) {
        result.r2 = woken;
    }
}
