package dev.gearbox.runtime;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A task that is queued and was woken already is woken again just as its run begins: if that poll does not see what the
 * waker did before, another one follows. Hunts for a wake that finds the task woken and so does nothing at all.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the poll came first, and one more is queued")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the wake came first, and the poll saw the event")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the poll saw the event and was woken nevertheless")
@Outcome(expect = Expect.FORBIDDEN, desc = "not seen, and no further poll to come; or two of them")
@State
public class TaskQueuedWakeStress implements Pollable<Boolean> {
    private final QueueingScheduler scheduler = new QueueingScheduler(false);
    private final TaskCell<Boolean> task = Cells.queued(Cells.home(scheduler), this);
    private int event;
    private int seen;

    public TaskQueuedWakeStress() {
        task.wake();
    }

    @Override
    public Poll<Boolean> poll(Waker waker) {
        seen = event;
        return Poll.pending();
    }

    @Actor
    public void worker() {
        task.run();
    }

    @Actor
    public void waker() {
        event = 1;
        task.wake();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = seen;
        result.r2 = scheduler.size();
    }
}
