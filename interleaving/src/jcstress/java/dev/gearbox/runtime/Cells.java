package dev.gearbox.runtime;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.concurrent.atomic.AtomicLong;

/** Makes what a stress test of tasks needs, small, since every state has its own. */
final class Cells {
    /** Shared, because it is large and counts nothing that a test looks at. */
    private static final TaskOutcomes OUTCOMES = new TaskOutcomes();

    private Cells() {}

    /** Makes a switch with this scheduler, or none, in gear. */
    static SchedulerSwitch home(QueueingScheduler scheduler) {
        SchedulerSwitch home = new SchedulerSwitch(refused -> {});
        home.shift(scheduler);
        return home;
    }

    /** Makes a task that counts as queued, although no queue has it. */
    static <T> TaskCell<T> queued(SchedulerSwitch home, Pollable<T> body) {
        return queued(home, table(), body);
    }

    /** Makes a table with room for one task. */
    static TaskTable table() {
        return new TaskTable("test", new Admission(null, "the test", "none", 1), new AtomicLong(), OUTCOMES);
    }

    /** As {@link #queued(SchedulerSwitch, Pollable)}, in this table. */
    static <T> TaskCell<T> queued(SchedulerSwitch home, TaskTable table, Pollable<T> body) {
        TaskCell<T> cell = new TaskCell<>(home, null, body, TaskCell.POLLED);
        table.add(cell, () -> {});
        return cell;
    }

    /** Polls the handle of a task that does not fail. */
    static <T> Poll<T> poll(TaskCell<T> task, Waker waker) {
        try {
            return task.poll(waker);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
