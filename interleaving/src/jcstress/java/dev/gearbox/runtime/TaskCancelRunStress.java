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

/** A task that would wait for ever is cancelled while it is polled: it ends, and its body is closed once. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "cancelled, and closed once")
@Outcome(expect = Expect.FORBIDDEN, desc = "not ended, or closed never or twice")
@State
public class TaskCancelRunStress implements Pollable<Boolean> {
    private final QueueingScheduler scheduler = new QueueingScheduler(false);
    private final TaskCell<Boolean> task = Cells.queued(Cells.home(scheduler), this);
    private int closed;

    @Override
    public Poll<Boolean> poll(Waker waker) {
        return Poll.pending();
    }

    @Override
    public void close() {
        closed++;
    }

    @Actor
    public void worker() {
        task.run();
        scheduler.runOne();
    }

    @Actor
    public void canceller() {
        task.cancel();
    }

    @Arbiter
    public void end(II_Result result) {
        scheduler.runAll();
        result.r1 = task.isDone() ? 1 : 0;
        result.r2 = closed;
    }
}
