package dev.gearbox.io;

import dev.gearbox.Poll;
import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes until a buffer is empty. */
record WriteAll(AsyncOutput out, ByteBuffer src) implements IoPollable.Step<Void> {
    @Override
    public Poll<Void> poll(Waker waker) throws IOException {
        while (src.hasRemaining()) {
            if (out.pollWrite(src, waker) == AsyncOutput.PENDING) {
                return Poll.pending();
            }
        }
        return Poll.ready(null);
    }
}
