package dev.gearbox;

import dev.gearbox.spi.Await;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A computation that does nothing until it is polled, and holds no thread while it waits.
 *
 * <p><b>Who may call.</b> One thread at a time, and a poll happens-before the next one. After a poll was ready or threw,
 * the pollable is finished and must not be polled again; the combinators of this package then
 * throw {@link IllegalStateException}.
 *
 * <p><b>Cancelling</b> is {@link #close()}: it releases what an unfinished pollable holds (timers, registrations, places in
 * queues). Whoever owns a pollable closes it unless it finished; combinators and tasks do that for what they were given.
 *
 * <p>Blocking or computing inside {@code poll} monopolises the thread that polls, exactly as in any other task.
 *
 * <pre>{@code
 * Pollable<Integer> length = reader.readLine().map(String::length);
 * }</pre>
 *
 * @param <T> the type of the value it ends with
 */
@ConsumerType
@FunctionalInterface
public interface Pollable<T> extends AutoCloseable {
    /**
     * Makes as much progress as is possible without waiting.
     *
     * <p>If the answer is {@link Poll#pending()}, the waker of this latest poll will be woken when another poll may get
     * further; earlier wakers may be forgotten.
     *
     * @throws Exception the failure this computation ends with
     */
    Poll<T> poll(Waker waker) throws Exception;

    /** Releases what this pollable holds; does nothing if it has finished. Any number of calls; never blocks. */
    @Override
    default void close() {}

    /**
     * Blocks the calling thread until this is ready, and returns the value.
     *
     * <p>On a worker thread of a scheduler the worker's role is passed on first, so that other tasks go on; on a virtual
     * thread only that virtual thread parks. At the scheduler's limit of threads the worker runs other tasks on top of this
     * one's stack instead, so this wait cannot end before those do: tasks that wait for each other in a circle through
     * such a stack, or for more waits than the limit of threads can hold, need a higher limit, or the polled style, which
     * holds no thread.
     *
     * @throws java.util.concurrent.CancellationException if the task that called was cancelled; this pollable is closed
     * @throws InterruptedException if the calling thread is interrupted; this pollable is closed
     * @throws Exception the failure this computation ends with
     */
    default T await() throws Exception {
        return Await.await(this);
    }

    /**
     * Like {@link #await()}, but waits no longer than this.
     *
     * @throws TimeoutException if it was not ready in time; this pollable is closed
     * @throws Exception as for {@link #await()}
     */
    default T await(Duration timeout) throws Exception {
        return Await.await(this, timeout);
    }

    /** Returns a pollable that applies a function to this one's value; the function runs inside the poll. */
    default <R> Pollable<R> map(CheckedFunction<? super T, ? extends R> function) {
        return new MapPollable<>(this, Objects.requireNonNull(function, "function"));
    }

    /** Returns a pollable that goes on with the one that a function makes of this one's value. */
    default <R> Pollable<R> then(CheckedFunction<? super T, ? extends Pollable<? extends R>> next) {
        return new ThenPollable<>(this, Objects.requireNonNull(next, "next"));
    }

    /**
     * Returns a pollable that ends with the function's value where this one ends with an exception.
     *
     * <p>An {@link Error} passes through.
     */
    default Pollable<T> recover(CheckedFunction<? super Exception, ? extends T> function) {
        return new RecoverPollable<>(this, Objects.requireNonNull(function, "function"));
    }

    /** Returns a pollable that is ready with this value, which may be null. */
    static <T> Pollable<T> ready(T value) {
        Poll<T> ready = Poll.ready(value);
        return waker -> ready;
    }

    /** Returns a pollable that fails with this exception. */
    static <T> Pollable<T> failed(Exception failure) {
        Objects.requireNonNull(failure, "failure");
        return waker -> {
            throw failure;
        };
    }

    /** Returns a pollable that is never ready and never wakes. */
    static <T> Pollable<T> never() {
        return waker -> Poll.pending();
    }

    /**
     * Returns a pollable that is pending once and asks at once to be polled again, so that others get their turn.
     *
     * <p>Awaited on a worker thread it gives the processor away; whatever was queued before goes first.
     */
    static Pollable<Void> yieldNow() {
        return new YieldNow();
    }

    /**
     * Returns a pollable that is ready with all values, in the order given, when all are ready.
     *
     * <p>If one fails the others are closed and the result fails with it. Each poll polls every one that is still
     * pending, so for more than some dozens spawn tasks and join those.
     */
    static <T> Pollable<List<T>> join(List<? extends Pollable<? extends T>> all) {
        return new JoinPollable<>(all);
    }

    /**
     * Returns a pollable that ends as the first of these ends, with its value or its failure; the others are closed.
     *
     * <p>The first in the list wins if several are ready in the same poll.
     *
     * @throws IllegalArgumentException if the list is empty
     */
    static <T> Pollable<T> race(List<? extends Pollable<? extends T>> contestants) {
        return new RacePollable<>(contestants);
    }
}
