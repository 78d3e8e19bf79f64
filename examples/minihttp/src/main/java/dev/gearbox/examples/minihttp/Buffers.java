package dev.gearbox.examples.minihttp;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Buffers outside the heap, where sockets read and write without a copy in between.
 *
 * <p>Only the garbage collector could free them, so those given back are kept for the next connection: there are as many as
 * were in use at once. Thread-safe.
 */
final class Buffers {
    private static final int SIZE = 4096;

    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** Returns an empty buffer with room for {@value #SIZE} bytes. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    /** Takes a buffer back that nobody will use any more. */
    void giveBack(ByteBuffer buffer) {
        free.add(buffer);
    }
}
