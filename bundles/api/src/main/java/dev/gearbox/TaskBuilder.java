package dev.gearbox;

import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Spawns a task that has a name or can be interrupted.
 *
 * <pre>{@code
 * Task<String> task = runtime.task().name("reader").spawn(() -> Files.readString(path));
 * }</pre>
 *
 * <p>Not thread-safe; may be used for several tasks, one after another.
 */
@ProviderType
public interface TaskBuilder {
    /** Gives the next tasks a name, which listings and reports show; it need not be unique. */
    TaskBuilder name(String name);

    /**
     * Lets cancelling interrupt the thread that runs the next tasks.
     *
     * <p>Only for direct style, and only for code that may be interrupted: an interrupt closes the channel that the
     * thread is using. A task that ends with an exception after it was cancelled counts as cancelled, whatever its blocking
     * call made of the interrupt.
     */
    TaskBuilder interruptible();

    /**
     * As {@link AsyncRuntime#spawn(Callable)}.
     *
     * @throws java.util.concurrent.RejectedExecutionException as there
     */
    <T> Task<T> spawn(Callable<? extends T> body);

    /**
     * As {@link AsyncRuntime#spawn(Pollable)}.
     *
     * @throws java.util.concurrent.RejectedExecutionException as there
     * @throws IllegalStateException if this builder is {@link #interruptible()}
     */
    <T> Task<T> spawn(Pollable<? extends T> body);

    /**
     * As {@link AsyncRuntime#spawnBlocking(Callable)}.
     *
     * @throws java.util.concurrent.RejectedExecutionException as there
     */
    <T> Task<T> spawnBlocking(Callable<? extends T> body);
}
