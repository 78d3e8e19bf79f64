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
 * Two threads wake an idle task, and each then runs what is queued. Hunts for a task that is queued twice, or again while
 * it is being polled, so that two threads are inside its poll; and for a second event that no poll sees.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "both events seen, one thread at a time")
@Outcome(expect = Expect.FORBIDDEN, desc = "an event was missed, or the task was polled by two threads at once")
@State
public class TaskTwoWakersStress implements Pollable<Boolean> {
    private final QueueingScheduler scheduler = new QueueingScheduler(false);
    private final TaskCell<Boolean> task = Cells.queued(Cells.home(scheduler), this);
    private volatile boolean inside;
    private volatile int doubled;
    private boolean first;
    private boolean second;

    public TaskTwoWakersStress() {
        task.run(); // it is idle now
    }

    @Override
    public Poll<Boolean> poll(Waker waker) {
        if (inside) {
            doubled = 1;
        }
        inside = true;
        boolean seen = first && second;
        inside = false;
        return seen ? Poll.ready(true) : Poll.pending();
    }

    @Actor
    public void one() {
        first = true;
        task.wake();
        scheduler.runOne();
    }

    @Actor
    public void other() {
        second = true;
        task.wake();
        scheduler.runOne();
    }

    @Arbiter
    public void end(II_Result result) {
        scheduler.runAll();
        result.r1 = task.isDone() ? 1 : 0;
        result.r2 = doubled;
    }
}
