package dev.gearbox.io;

import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * An output that collects small writes and passes them on together: when its buffer is full, or at a flush.
 *
 * <p><b>Closing it without a flush loses what it holds</b>; {@link #finish()} does both. Not thread-safe.
 *
 * <pre>{@code
 * BufferedOutput out = new BufferedOutput(stream);
 * out.writeString("HTTP/1.1 200 OK\r\n").await();
 * out.writeString("Content-Length: 0\r\n\r\n").await();
 * out.flush().await(); // one write
 * }</pre>
 */
public final class BufferedOutput implements AsyncOutput {
    /** The capacity if none is given, in bytes. */
    public static final int DEFAULT_CAPACITY = 8192;

    private static final int MAX_CAPACITY = 1 << 30;

    private final AsyncOutput out;
    /** What was taken and not yet passed on is before the position. On the heap: see {@link AsyncIo}. */
    private final ByteBuffer buffer;

    private boolean closed;

    /** Creates one with {@link #DEFAULT_CAPACITY}; it writes to this output from now on and closes it. */
    public BufferedOutput(AsyncOutput out) {
        this(out, DEFAULT_CAPACITY);
    }

    /**
     * Creates one with a capacity in bytes, from 1 to 2³⁰; it writes to this output from now on and closes it.
     *
     * @throws IllegalArgumentException if the capacity is outside these bounds
     */
    public BufferedOutput(AsyncOutput out, int capacity) {
        Arguments.notNull("out", out);
        Arguments.inRange("capacity", capacity, 1, MAX_CAPACITY);
        this.out = out;
        buffer = ByteBuffer.allocate(capacity);
    }

    /** Returns how many bytes were taken and not yet passed on. */
    public int held() {
        return buffer.position();
    }

    @Override
    public int pollWrite(ByteBuffer src, Waker waker) throws IOException {
        checkOpen();
        if (!src.hasRemaining()) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            pollDrain(waker);
            if (!buffer.hasRemaining()) {
                return PENDING;
            }
        }
        if (buffer.position() == 0 && src.remaining() >= buffer.capacity()) {
            return out.pollWrite(src, waker);
        }
        int count = Math.min(buffer.remaining(), src.remaining());
        buffer.put(buffer.position(), src, src.position(), count).position(buffer.position() + count);
        src.position(src.position() + count);
        return count;
    }

    @Override
    public boolean pollFlush(Waker waker) throws IOException {
        checkOpen();
        return pollDrain(waker) && out.pollFlush(waker);
    }

    /** Passes on what the other output takes at once; returns whether that was all. */
    private boolean pollDrain(Waker waker) throws IOException {
        if (buffer.position() == 0) {
            return true;
        }
        buffer.flip();
        try {
            while (buffer.hasRemaining() && out.pollWrite(buffer, waker) != PENDING) {
                // pollWrite moves the position
            }
        } finally {
            buffer.compact();
        }
        return buffer.position() == 0;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        out.close();
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
