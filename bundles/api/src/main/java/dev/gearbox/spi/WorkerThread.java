package dev.gearbox.spi;

import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Implemented by the threads on which a scheduler runs tasks, so that blocking can be announced.
 *
 * <p>All methods are for the thread itself only.
 */
@ConsumerType
public interface WorkerThread {
    /** Returns the scheduler that this thread belongs to. */
    Scheduler scheduler();

    /** Returns the run that this thread is in the middle of, or null. */
    Run currentRun();

    /**
     * Returns whether a task may simply block here, because this thread's scheduler notices that and hands over.
     *
     * <p>If not, code that is known to block goes through {@link dev.gearbox.AsyncRuntime#spawnBlocking} or waits by
     * {@link dev.gearbox.Pollable#await()}. Constant for the life of the thread.
     */
    boolean mayBlock();

    /**
     * Announces that the current task is about to block: publishes what this worker has queued and passes its role on.
     *
     * @return whether other threads now do this worker's work; if not (the limit of threads is reached), the caller
     *     waits by {@link #workUntil}. Either way {@link #afterBlocking()} follows.
     */
    boolean beforeBlocking();

    /** Ends what {@link #beforeBlocking()} began; takes the role back if it is free, and never waits for it. */
    void afterBlocking();

    /**
     * Runs queued tasks on this stack, parking when there are none, until the condition holds; it may return earlier.
     *
     * <p>Whoever makes the condition true unparks this thread by {@link java.util.concurrent.locks.LockSupport}. Returns
     * also when the thread is interrupted, and does not park for longer than {@code maxNanos} in all.
     */
    void workUntil(BooleanSupplier released, long maxNanos);
}
