package dev.gearbox.io;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A destination of bytes that never blocks a thread.
 *
 * <p>An implementation writes {@link #pollWrite}, {@link #pollFlush} and {@link #close}; the other methods are built on
 * those. Each of the pollables made here does nothing until it is polled, holds nothing while it waits, and wants to be
 * the only writer until it has finished or is closed.
 *
 * <pre>{@code
 * output.writeString("hello\n").await();
 * output.finish().await(); // flush, then close
 * }</pre>
 */
@ConsumerType
public interface AsyncOutput extends Closeable {
    /** What {@link #pollWrite} returns when no byte can be taken yet. */
    int PENDING = -2;

    /**
     * Takes bytes from a buffer without waiting and, where possible, without allocating.
     *
     * <p>One thread at a time. After {@link #PENDING} the waker of this latest call to {@code pollWrite} or
     * {@link #pollFlush} is woken, from any thread, when another call may get further; nothing was taken.
     *
     * @return how many bytes were taken, at least 1; {@link #PENDING}; or 0 if the buffer is empty
     * @throws java.nio.channels.ClosedChannelException if this output is closed
     * @throws IOException if writing fails
     */
    int pollWrite(ByteBuffer src, Waker waker) throws IOException;

    /**
     * Passes on what was taken and is still held here, without waiting.
     *
     * @return whether all is passed on; if not, the waker is woken as for {@link #pollWrite}
     * @throws java.nio.channels.ClosedChannelException if this output is closed
     * @throws IOException if writing fails
     */
    boolean pollFlush(Waker waker) throws IOException;

    /**
     * Releases what this output holds; a writer that waits gets a {@link java.nio.channels.ClosedChannelException}.
     *
     * <p><b>Bytes that were not flushed are lost</b>; {@link #finish()} flushes first. Any number of calls.
     *
     * @throws IOException if releasing fails; it counts as closed all the same
     */
    @Override
    void close() throws IOException;

    /**
     * Returns a pollable that writes once: as many bytes as are taken, at least 1, or 0 if the buffer is empty.
     *
     * <p>Cancelling never loses bytes: none are taken before the poll that is ready.
     */
    default Pollable<Integer> write(ByteBuffer src) {
        Arguments.notNull("src", src);
        return new IoPollable<>(waker -> {
            int count = pollWrite(src, waker);
            return count == PENDING ? Poll.pending() : Poll.ready(count);
        });
    }

    /**
     * Returns a pollable that writes until the buffer is empty; it does not flush.
     *
     * <p>Cancelling never loses bytes: the position of the buffer tells how many were taken.
     */
    default Pollable<Void> writeAll(ByteBuffer src) {
        Arguments.notNull("src", src);
        return new IoPollable<>(new WriteAll(this, src));
    }

    /** Returns {@link #writeString(String, Charset)} with UTF-8. */
    default Pollable<Void> writeString(String text) {
        return writeString(text, StandardCharsets.UTF_8);
    }

    /**
     * Returns a pollable that writes a whole text; it does not flush. What the charset cannot encode is replaced.
     *
     * <p><b>Cancelling it may leave a part of the text written</b>, and which part cannot be learned.
     */
    default Pollable<Void> writeString(String text, Charset charset) {
        Arguments.notNull("text", text);
        Arguments.notNull("charset", charset);
        return writeAll(charset.encode(text));
    }

    /** Returns a pollable that is ready when all that was written has been passed on; cancelling loses nothing. */
    default Pollable<Void> flush() {
        return new IoPollable<>(waker -> pollFlush(waker) ? Poll.ready(null) : Poll.pending());
    }

    /** Returns a pollable that flushes and then closes this output; cancelled before it is ready, it closes nothing. */
    default Pollable<Void> finish() {
        return new IoPollable<>(waker -> {
            if (!pollFlush(waker)) {
                return Poll.pending();
            }
            close();
            return Poll.ready(null);
        });
    }
}
