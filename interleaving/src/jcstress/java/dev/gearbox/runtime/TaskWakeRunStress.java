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
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A task is polled while it is woken. Whatever the moment, a poll comes after the wake and sees what the waker did before:
 * it is written plainly, so that nothing but the state word can publish it.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the task has seen the event and ended")
@Outcome(expect = Expect.FORBIDDEN, desc = "the wake was lost, or the poll after it did not see the event")
@State
public class TaskWakeRunStress implements Pollable<Boolean> {
    private final QueueingScheduler scheduler = new QueueingScheduler(false);
    private final TaskCell<Boolean> task = Cells.queued(Cells.home(scheduler), this);
    private boolean event;
    private boolean seen;

    @Override
    public Poll<Boolean> poll(Waker waker) {
        seen = event;
        return seen ? Poll.ready(true) : Poll.pending();
    }

    @Actor
    public void worker() {
        task.run();
        scheduler.runOne();
    }

    @Actor
    public void waker() {
        event = true;
        task.wake();
    }

    @Arbiter
    public void end(I_Result result) {
        scheduler.runAll();
        result.r1 = task.isDone() ? 1 : 0;
    }
}
