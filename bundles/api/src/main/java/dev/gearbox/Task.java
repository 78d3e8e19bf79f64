package dev.gearbox;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The handle of a spawned task, itself a pollable that ends as the task ends.
 *
 * <p>A task goes on whether or not its handle is kept: {@link #close()} and forgetting the handle only detach it. It is
 * cancelled by {@link #cancel()}, or because its bundle or its runtime stops.
 *
 * <p>A task's failure is delivered here: {@link #poll} and {@link #await()} throw the very exception. One that nobody has
 * seen when the handle is closed, or when handle and task are garbage, is logged.
 *
 * <p>Unlike other pollables a task may be polled and awaited by any number of threads at once, also after it has ended,
 * and by polling it any number of tasks can wait for one.
 *
 * @param <T> the type of the task's value
 */
@ProviderType
public interface Task<T> extends Pollable<T> {
    /** Returns the number of this task, unique within its runtime. */
    long id();

    /** Returns the name given to this task, or {@code task-<id>}. */
    String name();

    /** Returns whether this task has ended: with a value, a failure or by cancellation. */
    boolean isDone();

    /** Returns whether {@link #cancel()} was called, or the task's bundle or runtime stopped, before this task ended. */
    boolean isCancelled();

    /**
     * Asks this task to end; returns at once.
     *
     * <p>A task in polled style is closed instead of being polled again. One in direct style that has not started never
     * runs; one that waits in {@link Pollable#await()} gets a {@link java.util.concurrent.CancellationException} there,
     * and any other at its next such call. Its thread is interrupted only if the task was built
     * {@linkplain TaskBuilder#interruptible() interruptible}. The handle then fails with a
     * {@code CancellationException}, unless the task ended on its own before.
     *
     * @return whether this call was the first to ask, and the task had not ended
     */
    boolean cancel();

    /** Detaches: the task goes on, and a failure that nobody has seen yet is logged when it happens. */
    @Override
    void close();

    /** Returns what is known of this task at this moment. */
    TaskInfo info();
}
