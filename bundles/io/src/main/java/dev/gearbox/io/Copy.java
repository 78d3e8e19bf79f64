package dev.gearbox.io;

import dev.gearbox.Poll;
import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves bytes from the buffer of an input to an output until the input ends, then flushes. */
final class Copy implements IoPollable.Step<Long> {
    /** So many reads in one poll; an input and an output that are always ready would keep the thread for ever. */
    private static final int READS_PER_POLL = 64;

    private final BufferedInput in;
    private final AsyncOutput out;
    private long copied;
    private boolean ended;
    /** Whether something was written since the last flush that went through. */
    private boolean unflushed = true;

    Copy(BufferedInput in, AsyncOutput out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Poll<Long> poll(Waker waker) throws IOException {
        for (int reads = 0; reads < READS_PER_POLL; reads++) {
            if (!pollDrain(waker)) {
                return Poll.pending();
            }
            int count = ended ? AsyncInput.END : in.pollFill(waker);
            if (count == AsyncInput.END) {
                ended = true;
                return pollFlush(waker) ? Poll.ready(copied) : Poll.pending();
            }
            if (count == AsyncInput.PENDING) {
                pollFlush(waker);
                return Poll.pending();
            }
        }
        waker.wake();
        return Poll.pending();
    }

    /** Writes what is in the buffer; returns whether that was all. */
    private boolean pollDrain(Waker waker) throws IOException {
        ByteBuffer buffer = in.buffer();
        while (buffer.hasRemaining()) {
            int count = out.pollWrite(buffer, waker);
            if (count == AsyncOutput.PENDING) {
                return false;
            }
            copied += count;
            unflushed = true;
        }
        return true;
    }

    private boolean pollFlush(Waker waker) throws IOException {
        unflushed = unflushed && !out.pollFlush(waker);
        return !unflushed;
    }
}
