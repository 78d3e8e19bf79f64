package dev.gearbox.runtime;

import dev.gearbox.Poll;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task ends while its handle is polled: whoever gets the value does not find the task among the live ones any more. */
@JCStressTest
@Outcome(id = "0, -1", expect = Expect.ACCEPTABLE, desc = "pending")
@Outcome(id = "42, 0", expect = Expect.ACCEPTABLE, desc = "ready, and no task is left")
@Outcome(expect = Expect.FORBIDDEN, desc = "the task is done and lives")
@State
public class TaskEndListingStress {
    private final TaskTable table = Cells.table();
    private final TaskCell<Integer> task = Cells.queued(Cells.home(null), table, waker -> Poll.ready(42));

    @Actor
    public void worker() {
        task.run();
    }

    @Actor
    public void waiter(II_Result result) {
        Poll<Integer> poll = Cells.poll(task, () -> {});
        result.r2 = -1;
        if (poll.isReady()) {
            result.r1 = poll.value();
            TaskTable.Counts counts = new TaskTable.Counts();
            table.addTo(counts);
            result.r2 = (int) counts.live;
        }
    }
}
