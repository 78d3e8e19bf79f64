package dev.gearbox.io;

import dev.gearbox.Poll;
import dev.gearbox.Waker;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads until a buffer is full. */
record ReadExact(AsyncInput in, ByteBuffer dst) implements IoPollable.Step<Void> {
    @Override
    public Poll<Void> poll(Waker waker) throws IOException {
        while (dst.hasRemaining()) {
            int count = in.pollRead(dst, waker);
            if (count == AsyncInput.PENDING) {
                return Poll.pending();
            }
            if (count == AsyncInput.END) {
                throw new EOFException("the input ended " + dst.remaining() + " bytes too early");
            }
        }
        return Poll.ready(null);
    }
}
