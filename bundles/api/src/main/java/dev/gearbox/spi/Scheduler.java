package dev.gearbox.spi;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Runs what it accepts, once, soon, and never on the caller's stack.
 *
 * <p>Several schedulers may be live at once; tasks belong to none of them. Accepted means that a {@link Run} is run once
 * or handed back once, and a plain {@link Runnable} is run once. Refused, by {@link RejectedExecutionException}, means
 * that this scheduler has closed for good. Thread-safe.
 *
 * <p>The service property {@link #NAME_PROPERTY} carries the label by which users select a scheduler.
 */
@ConsumerType
public interface Scheduler extends Executor, AutoCloseable {
    /** The service property with the scheduler's label. */
    String NAME_PROPERTY = "gearbox.scheduler";

    /** Returns the label, such as {@code classic}. */
    String name();

    /**
     * Queues a run that was just spawned or woken.
     *
     * @throws RejectedExecutionException if this scheduler has closed
     */
    @Override
    void execute(Runnable run);

    /**
     * Queues a run whose task asked to be polled again while it was being polled, behind what the calling worker has
     * queued already.
     *
     * @throws RejectedExecutionException if this scheduler has closed
     */
    default void executeYielded(Runnable run) {
        execute(run);
    }

    /**
     * Queues a run that is known to block, for whatever this scheduler does about that.
     *
     * @throws RejectedExecutionException if this scheduler has closed
     */
    void executeBlocking(Runnable run);

    /**
     * Hands back every queued {@link Run}: leaving gear.
     *
     * <p>Includes those in the queues of workers that are in the middle of a poll or blocked; such a worker hands back
     * once more what it owns when its poll returns. Runs whose switch still points here come back by {@code execute}.
     */
    void handBack();

    /**
     * Allows this scheduler to take over the polling of these two, either of which may be null; replaces what an earlier
     * call allowed, and both null withdraws it.
     *
     * <p>Called by the default runtime only, for the scheduler that is in gear there. A scheduler that does not want to
     * poll ignores it. When the call returns, the roles that this scheduler held at others than these are closed.
     */
    default void drive(Reactor reactor, Timers timers) {}

    /**
     * Replaces every thread that has run tasks by a fresh one, each after its present poll; returns at once.
     *
     * <p>Called when a bundle has stopped, so that nothing of it stays behind in thread-locals.
     */
    void renewThreads();

    /** Returns counts taken at this moment; cheap. */
    SchedulerStatistics statistics();

    /**
     * Refuses from now on, hands back every queued {@link Run}, runs every queued plain {@code Runnable}, and ends the
     * threads; called by whoever made the scheduler only.
     *
     * <p>Waits at most 2 s for threads in the middle of a poll; such a thread ends when its poll returns.
     */
    @Override
    void close();
}
