package dev.gearbox.stream;

import dev.gearbox.CheckedFunction;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Collector;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A sequence of non-null elements, each of which may have to be waited for.
 *
 * <p><b>The end is {@code null}</b>, as it is for {@link java.io.BufferedReader#readLine()} and
 * {@link java.util.Queue#poll()}: a poll that is ready with {@code null} says that no element is left. So an element costs
 * no more than a {@link Poll}, the end costs nothing, and {@link #next()} is an ordinary {@link Pollable}:
 *
 * <pre>{@code
 * try (AsyncStream<String> lines = ...) {
 *     for (String line; (line = lines.next().await()) != null; ) {
 *         System.out.println(line);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Who may call.</b> One thread at a time, as for a {@code Pollable}; also {@link #close()}. A stream is used once: an
 * operator takes the stream it is called on over, which is then used through the operator only.
 *
 * <p><b>Finished</b> is a stream after a poll that said the end or threw, and after {@code close()}. It has then released
 * its source and must not be polled again; the ones of this package then throw {@link IllegalStateException}.
 *
 * <p>No operator of this package reads ahead or keeps more than one element. Functions given to operators run inside the
 * poll, on the thread that polls; a failing one finishes the stream with its exception.
 *
 * @param <T> the type of the elements
 */
@ConsumerType
public interface AsyncStream<T> extends AutoCloseable {
    /**
     * Returns the next element, {@code null} at the end, or pending if there is neither yet.
     *
     * <p>If pending, the waker of this latest poll will be woken when another poll may get further.
     *
     * @throws Exception the failure this stream ends with
     */
    Poll<T> pollNext(Waker waker) throws Exception;

    /**
     * Takes back the request for a wake that the last poll made by being pending; the stream goes on and loses nothing.
     *
     * <p>Called when whoever polled will not poll soon, for instance because the wait lost a race. A stream that shares its
     * source with others passes on to them a wake it has got already. Does nothing if no wake was asked for.
     */
    void forgetWaker();

    /** Releases the source; does nothing if this stream has finished. Any number of calls; never blocks. */
    @Override
    void close();

    /**
     * Returns a pollable that ends with the next element, or with {@code null} at the end of this stream.
     *
     * <p>Closing it gives up this one wait: no element is lost and the stream stays open. At most one may be unfinished at
     * any time.
     */
    default Pollable<T> next() {
        return new Next<>(this);
    }

    /**
     * Returns a stream of what a function makes of each element.
     *
     * <p>The function must not return {@code null}, else the stream fails with a {@link NullPointerException}.
     */
    default <R> AsyncStream<R> map(CheckedFunction<? super T, ? extends R> function) {
        return new MapStream<>(this, Objects.requireNonNull(function, "function"));
    }

    /**
     * Returns a stream of the elements for which the predicate returns true.
     *
     * <p>It lets other tasks run after every 256 elements refused in a row.
     */
    default AsyncStream<T> filter(CheckedFunction<? super T, Boolean> predicate) {
        return new FilterStream<>(this, Objects.requireNonNull(predicate, "predicate"));
    }

    /**
     * Returns a pollable that acts on each element in turn and is ready at the end of this stream; it closes the stream.
     *
     * <p>It lets other tasks run after every 256 elements.
     */
    default Pollable<Void> forEach(CheckedConsumer<? super T> action) {
        return new ForEach<>(this, Objects.requireNonNull(action, "action"));
    }

    /**
     * Returns a pollable that ends with what the collector makes of all elements, in their order; it closes the stream.
     *
     * <p>What is collected grows as the collector lets it grow. It lets other tasks run after every 256
     * elements. The collector's combiner is not used.
     */
    default <A, R> Pollable<R> collect(Collector<? super T, A, R> collector) {
        return new Collect<>(this, Objects.requireNonNull(collector, "collector"));
    }

    /** Returns a stream that is at its end. */
    static <T> AsyncStream<T> empty() {
        return from(Collections.emptyIterator());
    }

    /**
     * Returns a stream of these elements.
     *
     * @throws NullPointerException if one of them is null
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> AsyncStream<T> of(T... elements) {
        T[] copy = elements.clone();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] == null) {
                throw new NullPointerException("elements[" + i + "] is null");
            }
        }
        return from(Arrays.asList(copy).iterator());
    }

    /**
     * Returns a stream of what an iterator returns, asked inside the polls, one element at a time.
     *
     * <p>A null element fails the stream with a {@link NullPointerException}.
     */
    static <T> AsyncStream<T> from(Iterator<? extends T> iterator) {
        return new IteratorStream<>(Objects.requireNonNull(iterator, "iterator"));
    }
}
