package dev.gearbox.io;

import dev.gearbox.Poll;
import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads until the end, into an array that doubles; one byte more than the limit is room enough to see that it is exceeded. */
final class ReadAll implements IoPollable.Step<ByteBuffer> {
    private static final int FIRST_CAPACITY = 1024;
    /** The longest array that every JVM grants. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private final AsyncInput in;
    private final int limit;
    private final int maxCapacity;
    private ByteBuffer bytes;

    ReadAll(AsyncInput in, int limit) {
        this.in = in;
        this.limit = limit;
        maxCapacity = (int) Math.min(limit + 1L, MAX_CAPACITY);
    }

    /** Ready with a buffer that wraps an array and begins at its first byte. */
    @Override
    public Poll<ByteBuffer> poll(Waker waker) throws IOException {
        if (bytes == null) {
            bytes = ByteBuffer.allocate(Math.min(FIRST_CAPACITY, maxCapacity));
        }
        while (true) {
            if (!bytes.hasRemaining()) {
                grow();
            }
            int count = in.pollRead(bytes, waker);
            if (count == AsyncInput.PENDING) {
                return Poll.pending();
            }
            if (count == AsyncInput.END) {
                return Poll.ready(bytes.flip());
            }
            if (bytes.position() > limit) {
                throw new LimitExceededException("the input", limit);
            }
        }
    }

    private void grow() throws LimitExceededException {
        if (bytes.capacity() == maxCapacity) {
            throw new LimitExceededException("the input", maxCapacity);
        }
        int capacity = (int) Math.min(bytes.capacity() * 2L, maxCapacity);
        bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), capacity)).position(bytes.position());
    }

    static byte[] toBytes(ByteBuffer bytes) {
        return bytes.remaining() == bytes.capacity()
                ? bytes.array()
                : Arrays.copyOf(bytes.array(), bytes.remaining());
    }
}
