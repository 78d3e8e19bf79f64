package dev.gearbox.runtime;

import dev.gearbox.spi.Scheduler;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Where the tasks of one runtime view go: to the scheduler that is in gear, or to the neutral queue. Thread-safe. */
final class SchedulerSwitch {
    /*
     * One reference to the gear: a scheduler, or none. Each change makes a new Gear object, so that compare-and-set
     * never mistakes a later gear for an earlier one.
     *
     *   schedule   read the gear; give the run to its scheduler, then read the gear again: if it has changed, that
     *              scheduler may have handed back before it got the run, so it does so once more (else the run would
     *              stay behind its threads, which may all be blocked). Refused: replace exactly this gear by neutral,
     *              tell the selector, and read again, so that no gear is tried twice after a refusal.
     *   neutral    put the run into the held queue, then read the gear again; if it has changed, whoever sees that
     *              drains the queue. So a run cannot stay held while a scheduler is in gear: either the reader of the
     *              gear comes after the change and drains, or the change comes after the run was put and its author
     *              drains.
     *   closed     what is held, or comes to be held, is abandoned: set the flag, then drain; as above one of the two
     *              threads sees the other.
     *   shift      exchange the gear, then let the one that left hand back, then drain the held queue.
     */
    private static final class Gear {
        final Scheduler scheduler;

        Gear(Scheduler scheduler) {
            this.scheduler = scheduler;
        }
    }

    private final AtomicReference<Gear> gear = new AtomicReference<>(new Gear(null));
    private final ConcurrentLinkedQueue<TaskCell<?>> held = new ConcurrentLinkedQueue<>();
    private final AtomicLong changes = new AtomicLong();
    private final Consumer<Scheduler> onRefusal;
    private volatile boolean closed;

    /**
     * Makes a switch in neutral gear.
     *
     * @param onRefusal told of a scheduler that refused and was taken out of gear, so that another can be selected
     */
    SchedulerSwitch(Consumer<Scheduler> onRefusal) {
        this.onRefusal = onRefusal;
    }

    /** Queues a run that was spawned, woken or handed back; never throws. */
    void schedule(TaskCell<?> run) {
        Gear current = gear.get();
        Scheduler scheduler = current.scheduler;
        if (scheduler != null) {
            try {
                if (run.isKnownToBlock()) {
                    scheduler.executeBlocking(run);
                } else {
                    scheduler.execute(run);
                }
                followGear(current);
                return;
            } catch (RejectedExecutionException closed) {
                refused(current);
            }
        }
        hold(run);
    }

    /** Queues a run whose task woke itself while it was polled; never throws. */
    void scheduleYielded(TaskCell<?> run) {
        Gear current = gear.get();
        Scheduler scheduler = current.scheduler;
        if (scheduler != null) {
            try {
                scheduler.executeYielded(run);
                followGear(current);
                return;
            } catch (RejectedExecutionException closed) {
                refused(current);
            }
        }
        hold(run);
    }

    private void followGear(Gear used) {
        if (gear.get() != used && gear.get().scheduler != used.scheduler) {
            used.scheduler.handBack();
        }
    }

    private void refused(Gear closed) {
        if (gear.compareAndSet(closed, new Gear(null))) {
            changes.incrementAndGet();
        }
        onRefusal.accept(closed.scheduler);
    }

    private void hold(TaskCell<?> run) {
        held.add(run);
        if (gear.get().scheduler != null || closed) {
            drain();
        }
    }

    private void drain() {
        while (gear.get().scheduler != null || closed) {
            TaskCell<?> run = held.poll();
            if (run == null) {
                return;
            }
            if (closed) {
                run.abandon();
            } else {
                schedule(run);
            }
        }
    }

    /**
     * Puts this scheduler, or none, in gear.
     *
     * @return the scheduler that left, which the caller has to let hand back before it calls {@link #engaged()}; null if
     *     there was none or nothing changed
     */
    Scheduler shift(Scheduler next) {
        Gear before = gear.get();
        while (before.scheduler != next) {
            if (gear.compareAndSet(before, new Gear(next))) {
                changes.incrementAndGet();
                return before.scheduler;
            }
            before = gear.get();
        }
        return null;
    }

    /** Runs what neutral gear has held, if a scheduler is in gear. */
    void engaged() {
        drain();
    }

    /** Ends the tasks that are held here and cancelled; without this they would stay for as long as no scheduler comes. */
    void abandonCancelled() {
        for (int left = held.size(); left > 0; left--) {
            TaskCell<?> run = held.poll();
            if (run == null) {
                return;
            }
            if (run.isCancelled()) {
                run.abandon();
            } else {
                hold(run);
            }
        }
    }

    /** Abandons from now on what would be held, because no scheduler will come any more. */
    void close() {
        closed = true;
        drain();
    }

    /** Fails if it is closed. */
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException(RuntimeCore.STOPPED);
        }
    }

    /** Returns the scheduler in gear, or null. */
    Scheduler inGear() {
        return gear.get().scheduler;
    }

    /** Returns how often the gear changed. */
    long changes() {
        return changes.get();
    }

    /** Returns how many runs are held; takes time proportional to that. */
    int held() {
        return held.size();
    }
}
