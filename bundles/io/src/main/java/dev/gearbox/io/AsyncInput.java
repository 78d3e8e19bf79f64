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
 * A source of bytes that never blocks a thread.
 *
 * <p>An implementation writes {@link #pollRead} and {@link #close}; the other methods are built on those. Each of the
 * pollables made here does nothing until it is polled, holds nothing while it waits, and wants to be the only reader
 * until it has finished or is closed.
 *
 * <pre>{@code
 * ByteBuffer buffer = ByteBuffer.allocate(1024);
 * int count = input.read(buffer).await(); // -1 at the end
 * }</pre>
 */
@ConsumerType
public interface AsyncInput extends Closeable {
    /** What {@link #pollRead} returns when there will be no more bytes. */
    int END = -1;

    /** What {@link #pollRead} returns when there are no bytes yet. */
    int PENDING = -2;

    /**
     * Moves bytes into a buffer without waiting and, where possible, without allocating.
     *
     * <p>One thread at a time. After {@link #PENDING} the waker of this latest call is woken, from any thread, when
     * another call may get further; nothing was taken, so a reader may simply stop calling.
     *
     * @return how many bytes, at least 1; {@link #END}, and again at each further call; {@link #PENDING}; or 0 if the
     *     buffer has no room
     * @throws java.nio.channels.ClosedChannelException if this input is closed
     * @throws IOException if reading fails
     * @throws java.nio.ReadOnlyBufferException or {@link IllegalArgumentException} if the buffer is read-only
     */
    int pollRead(ByteBuffer dst, Waker waker) throws IOException;

    /**
     * Releases what this input holds; a reader that waits gets a {@link java.nio.channels.ClosedChannelException}.
     *
     * <p>Any number of calls.
     *
     * @throws IOException if releasing fails; it counts as closed all the same
     */
    @Override
    void close() throws IOException;

    /**
     * Returns a pollable that reads once into the buffer: as many bytes as are there, at least 1, or {@link #END}, or 0
     * if the buffer has no room.
     *
     * <p>Cancelling never loses bytes: none are taken before the poll that is ready.
     *
     * @throws IllegalArgumentException if the buffer is read-only
     */
    default Pollable<Integer> read(ByteBuffer dst) {
        Arguments.writable("dst", dst);
        return new IoPollable<>(waker -> {
            int count = pollRead(dst, waker);
            return count == PENDING ? Poll.pending() : Poll.ready(count);
        });
    }

    /**
     * Returns a pollable that reads until the buffer is full, and fails with {@link java.io.EOFException} if the input
     * ends before.
     *
     * <p>Cancelling never loses bytes: those taken are in the buffer, and its position tells how many.
     *
     * @throws IllegalArgumentException if the buffer is read-only
     */
    default Pollable<Void> readExact(ByteBuffer dst) {
        Arguments.writable("dst", dst);
        return new IoPollable<>(new ReadExact(this, dst));
    }

    /**
     * Returns a pollable that reads until the end, and fails with {@link LimitExceededException} if there are more bytes
     * than the limit.
     *
     * <p><b>Cancelling it, and a failure, loses the bytes taken so far.</b> Memory grows with what is read, to about twice
     * the bytes read.
     *
     * @throws IllegalArgumentException if the limit is negative
     */
    default Pollable<byte[]> readAll(int limit) {
        Arguments.notNegative("limit", limit);
        return new IoPollable<>(new ReadAll(this, limit)).map(ReadAll::toBytes);
    }

    /** Returns {@link #readString(int, Charset)} with UTF-8. */
    default Pollable<String> readString(int limit) {
        return readString(limit, StandardCharsets.UTF_8);
    }

    /**
     * Returns a pollable that reads until the end and decodes what it read; bytes that are no text fail with
     * {@link java.nio.charset.CharacterCodingException}.
     *
     * <p><b>Cancelling it, and a failure, loses the bytes taken so far.</b>
     *
     * @param limit the greatest number of bytes, as for {@link #readAll}
     * @throws IllegalArgumentException if the limit is negative
     */
    default Pollable<String> readString(int limit, Charset charset) {
        Arguments.notNegative("limit", limit);
        Arguments.notNull("charset", charset);
        return new IoPollable<>(new ReadAll(this, limit))
                .map(bytes -> charset.newDecoder().decode(bytes).toString());
    }
}
