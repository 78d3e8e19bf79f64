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
 * A task that wakes itself during its poll is woken by another thread too, before, during or after that poll: it is queued
 * once, and its next poll sees what the waker did before. Hunts for a task that is queued by both.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "queued once, and the next poll saw the event and ended the task")
@Outcome(expect = Expect.FORBIDDEN, desc = "queued twice or never, or the next poll did not see the event")
@State
public class TaskYieldWakeStress implements Pollable<Boolean> {
    private final QueueingScheduler scheduler = new QueueingScheduler(false);
    private final TaskCell<Boolean> task = Cells.queued(Cells.home(scheduler), this);
    private boolean hasYielded;
    private boolean event;

    @Override
    public Poll<Boolean> poll(Waker waker) {
        if (!hasYielded) {
            hasYielded = true;
            task.wakeItself();
            return Poll.pending();
        }
        return event ? Poll.ready(true) : Poll.pending();
    }

    @Actor
    public void worker() {
        task.run();
    }

    @Actor
    public void waker() {
        event = true;
        task.wake();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = scheduler.size();
        scheduler.runAll();
        result.r2 = task.isDone() ? 1 : 0;
    }
}
