package dev.gearbox.io;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * An input with a buffer, so that lines can be read, bytes looked at before they are taken, and small reads be cheap.
 *
 * <p>The capacity is also the longest line and the farthest look ahead. Nothing is taken out of the buffer before it is
 * handed over, so cancelling a wait never loses bytes. Not thread-safe.
 *
 * <pre>{@code
 * BufferedInput in = new BufferedInput(stream);
 * for (String line; (line = in.readLine().await()) != null; ) {
 *     handle(line);
 * }
 * }</pre>
 */
public final class BufferedInput implements AsyncInput {
    /** The capacity if none is given, in bytes. */
    public static final int DEFAULT_CAPACITY = 8192;

    private static final int MAX_CAPACITY = 1 << 30;

    private final AsyncInput in;
    /** What was read and not yet taken is between position and limit. On the heap: see {@link AsyncIo}. */
    private final ByteBuffer buffer;

    private boolean closed;

    /** Creates one with {@link #DEFAULT_CAPACITY}; it reads from this input from now on and closes it. */
    public BufferedInput(AsyncInput in) {
        this(in, DEFAULT_CAPACITY);
    }

    /**
     * Creates one with a capacity in bytes, from 1 to 2³⁰; it reads from this input from now on and closes it.
     *
     * @throws IllegalArgumentException if the capacity is outside these bounds
     */
    public BufferedInput(AsyncInput in, int capacity) {
        Arguments.notNull("in", in);
        Arguments.inRange("capacity", capacity, 1, MAX_CAPACITY);
        this.in = in;
        buffer = ByteBuffer.allocate(capacity).limit(0);
    }

    /** Returns how many bytes the buffer holds at most. */
    public int capacity() {
        return buffer.capacity();
    }

    @Override
    public int pollRead(ByteBuffer dst, Waker waker) throws IOException {
        checkOpen();
        if (!dst.hasRemaining()) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            if (dst.remaining() >= buffer.capacity()) {
                return in.pollRead(dst, waker);
            }
            int count = pollFill(waker);
            if (count < 0) {
                return count;
            }
        }
        int count = Math.min(buffer.remaining(), dst.remaining());
        dst.put(dst.position(), buffer, buffer.position(), count).position(dst.position() + count);
        buffer.position(buffer.position() + count);
        return count;
    }

    /**
     * Returns the buffer itself: between its position and its limit is what was read and not yet taken.
     *
     * <p>Moving its position forward takes bytes; nothing else of it may be changed. The next poll of this input may move
     * its contents.
     *
     * @throws ClosedChannelException if this input is closed
     */
    public ByteBuffer buffer() throws ClosedChannelException {
        checkOpen();
        return buffer;
    }

    /**
     * Reads once more behind what is in the buffer, without waiting; to be used together with {@link #buffer()}.
     *
     * @return how many bytes came in, at least 1, or {@link #END} or {@link #PENDING}, as {@link #pollRead}
     * @throws LimitExceededException if the buffer is full; nothing is lost
     * @throws IOException as {@link #pollRead}
     */
    public int pollFill(Waker waker) throws IOException {
        checkOpen();
        if (buffer.remaining() == buffer.capacity()) {
            throw new LimitExceededException("what is to be buffered", buffer.capacity());
        }
        int unread = buffer.remaining();
        if (unread == 0 || buffer.limit() == buffer.capacity()) {
            buffer.compact().flip();
        }
        int start = buffer.position();
        buffer.position(buffer.limit()).limit(buffer.capacity());
        try {
            return in.pollRead(buffer, waker);
        } finally {
            buffer.limit(buffer.position()).position(start);
        }
    }

    /**
     * Returns a pollable that is ready with {@link #buffer()} when that holds at least so many bytes, or fewer because
     * the input has ended; it takes nothing.
     *
     * @throws IllegalArgumentException if the count is not between 1 and the capacity
     */
    public Pollable<ByteBuffer> peek(int count) {
        Arguments.inRange("count", count, 1, buffer.capacity());
        return new IoPollable<>(waker -> {
            checkOpen();
            while (buffer.remaining() < count) {
                int filled = pollFill(waker);
                if (filled == PENDING) {
                    return Poll.pending();
                }
                if (filled == END) {
                    break;
                }
            }
            return Poll.ready(buffer);
        });
    }

    /**
     * Returns a pollable that takes all bytes up to and including a delimiter, or what is left before the end, or is ready
     * with null at the end.
     *
     * <p>It fails with {@link LimitExceededException} if they do not fit into the buffer. Cancelling, and that failure,
     * takes nothing.
     */
    public Pollable<byte[]> readUntil(byte delimiter) {
        return new IoPollable<>(new ReadUntil<>(this, delimiter, found -> {
            byte[] bytes = new byte[found.remaining()];
            found.get(bytes);
            return bytes;
        }));
    }

    /** Returns {@link #readLine(Charset)} with UTF-8. */
    public Pollable<String> readLine() {
        return readLine(StandardCharsets.UTF_8);
    }

    /**
     * Returns a pollable that takes a line and is ready with its text, without the line feed that ends it or the carriage
     * return and line feed; the last line needs neither. At the end it is ready with null.
     *
     * <p>It fails with {@link LimitExceededException} if the line does not fit into the buffer, and takes nothing then; it
     * fails with {@link java.nio.charset.CharacterCodingException} if the line, which is taken, is no text. Cancelling
     * takes nothing.
     *
     * @param charset one that writes a line feed as the byte 10, as UTF-8 and ISO-8859-1 do but UTF-16 does not
     */
    public Pollable<String> readLine(Charset charset) {
        Arguments.notNull("charset", charset);
        return new IoPollable<>(new ReadUntil<>(this, (byte) '\n', line -> {
            int length = line.remaining();
            if (length > 0 && line.get(line.position() + length - 1) == '\n') {
                length--;
                if (length > 0 && line.get(line.position() + length - 1) == '\r') {
                    length--;
                }
            }
            return charset.newDecoder().decode(line.slice(line.position(), length)).toString();
        }));
    }

    @Override
    public void close() throws IOException {
        closed = true;
        in.close();
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
