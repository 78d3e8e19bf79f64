package dev.gearbox.io;

import dev.gearbox.Pollable;

/*
 * Why the buffers of this package are on the heap. The JDK copies a heap buffer through a direct one that it keeps per
 * thread; that costs a memory copy of some bytes beside a system call. Direct buffers would save it, but there would be
 * one for each stream instead of one for each thread, their memory is limited apart from the heap and is given back only
 * when the collector finds the buffer object, and for code that looks at single bytes they are slower. What keeps the
 * JDK's own buffers small is that channels are given at most some ten thousand bytes at a time; see the sockets of
 * dev.gearbox.net. Whoever moves large blocks passes a direct buffer, and it goes through uncopied.
 */
/** What needs an input and an output. */
public final class AsyncIo {
    private AsyncIo() {}

    /**
     * Returns a pollable that reads to the end, writes what it read, flushes, and is ready with the number of bytes; it
     * closes neither side.
     *
     * <p>At most one buffer of {@link BufferedInput#DEFAULT_CAPACITY} is between the two: it is not read again before some
     * of it is written, so a slow output slows the input down. While the input has nothing, what was written is flushed.
     * Between every 64 buffers others get their turn.
     *
     * <p><b>Cancelling it loses the bytes that were read and not yet written</b>, unless the input is a
     * {@link BufferedInput}: its buffer is used then, also for its capacity, and they stay there.
     */
    public static Pollable<Long> copy(AsyncInput in, AsyncOutput out) {
        Arguments.notNull("in", in);
        Arguments.notNull("out", out);
        return new IoPollable<>(new Copy(in instanceof BufferedInput buffered ? buffered : new BufferedInput(in), out));
    }
}
