package dev.gearbox.spi;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One run of one task: what schedulers queue.
 *
 * <p>Whoever holds a run calls exactly one of {@link #run()} and {@link #handBack()}, once. A run is held in one queue at
 * most, because a task is queued at most once at any time.
 */
@ProviderType
public interface Run extends Runnable {
    /** Polls the task once, on the calling thread; never throws, except for a dying virtual machine. */
    @Override
    void run();

    /** Sends the run home to its switch, which queues it again with the scheduler that is in gear for it now. */
    void handBack();

    /** Returns what is known of the task at this moment. */
    TaskInfo task();

    /** Returns whether the task was asked to end. */
    boolean isCancelled();

    /**
     * Sets the one waker to wake when the task is cancelled while it blocks inside its poll; null takes it away.
     *
     * <p>Called by the thread that runs the task only. If the task is cancelled already the caller sees that by
     * {@link #isCancelled()} afterwards.
     */
    void onCancel(Waker waker);

    /**
     * Tells that the task keeps, or kept, its thread for long; the runtime aggregates, logs and passes on.
     *
     * <p>May be called by any thread, also after the task has ended, but not with locks held; returns at once and never
     * throws.
     */
    void report(BlockedTaskReport report);
}
