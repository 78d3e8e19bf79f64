package dev.gearbox;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Spawns tasks and makes them wait; tasks run on whichever scheduler is in gear and move with every change of gear.
 *
 * <p>In OSGi each bundle that looks this service up gets a view of its own, and what it spawns belongs to that bundle:
 * when the bundle stops its tasks are cancelled. While no scheduler is in gear, tasks are held and nothing is lost.
 *
 * <p>Thread-safe. After the runtime or the bundle of this view has stopped, every method that would start something
 * throws {@link IllegalStateException}.
 *
 * <pre>{@code
 * Task<String> direct = runtime.spawn(() -> Files.readString(path)); // plain Java, may block
 * Task<Void> polled = runtime.spawn(runtime.sleep(Duration.ofSeconds(1))); // holds no thread
 * }</pre>
 */
@ProviderType
public interface AsyncRuntime {
    /**
     * Starts a task in direct style: plain Java that may block, compute, or wait by {@link Pollable#await()}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if this bundle or the runtime has its maximum of live
     *     tasks; the message names the limit and the property that sets it
     */
    <T> Task<T> spawn(Callable<? extends T> body);

    /**
     * Starts a task in polled style; it belongs to the task from now on, which closes it when cancelled.
     *
     * @throws java.util.concurrent.RejectedExecutionException as for {@link #spawn(Callable)}
     */
    <T> Task<T> spawn(Pollable<? extends T> body);

    /**
     * Starts a task in direct style that is known to block, on the scheduler's threads for that purpose if it has some.
     *
     * @throws java.util.concurrent.RejectedExecutionException as for {@link #spawn(Callable)}
     */
    <T> Task<T> spawnBlocking(Callable<? extends T> body);

    /** Returns a builder for a task with a name or other attributes. */
    TaskBuilder task();

    /**
     * Polls on the calling thread, blocking it in between, until the pollable ends.
     *
     * <p>The same as {@link Pollable#await()}, and a wait of more than 2 s without a scheduler in gear is logged.
     *
     * @throws Exception as {@link Pollable#await()}
     */
    <T> T blockOn(Pollable<T> pollable) throws Exception;

    /**
     * Returns a pollable that is ready when the duration, counted from this call, is over; never before.
     *
     * <p>Durations are measured by {@link System#nanoTime()}; one that is negative counts as zero, one of over a century
     * as a century.
     */
    Pollable<Void> sleep(Duration duration);

    /**
     * Returns a pollable that ends as the given one does, or fails with
     * {@link java.util.concurrent.TimeoutException} when the duration, counted from this call, is over first; the given
     * one is closed then.
     */
    <T> Pollable<T> timeout(Pollable<T> pollable, Duration duration);

    /** Returns {@link Pollable#yieldNow()}. */
    default Pollable<Void> yieldNow() {
        return Pollable.yieldNow();
    }

    /**
     * Puts a channel under the care of the reactor, for those who implement a protocol or a kind of socket.
     *
     * <p>The channel becomes non-blocking and belongs to the source, which closes it. The source survives a replacement
     * of the reactor; it is closed when the bundle of this view stops.
     *
     * @throws IOException if the channel is closed or cannot be made non-blocking
     */
    IoSource register(SelectableChannel channel) throws IOException;

    /**
     * Returns a view for the same owner whose tasks run on the scheduler with this name only, whichever is in gear.
     *
     * <p>While that scheduler is absent they are held. Used to compare schedulers side by side.
     */
    AsyncRuntime pinnedTo(String scheduler);

    /** Returns the live tasks of this view's owner, in no particular order; a snapshot. */
    List<TaskInfo> tasks();
}
