package dev.gearbox.io;

import dev.gearbox.Poll;
import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Waits until a delimiter is in the buffer of an input, then takes everything up to it; looks at each byte once. */
final class ReadUntil<T> implements IoPollable.Step<T> {
    /** Makes the value of the bytes that were found, delimiter included. */
    @FunctionalInterface
    interface Extraction<T> {
        T extract(ByteBuffer found) throws IOException;
    }

    private final BufferedInput in;
    private final byte delimiter;
    private final Extraction<T> extraction;
    /** So many bytes at the start of the buffer are known not to be the delimiter. */
    private int scanned;

    ReadUntil(BufferedInput in, byte delimiter, Extraction<T> extraction) {
        this.in = in;
        this.delimiter = delimiter;
        this.extraction = extraction;
    }

    @Override
    public Poll<T> poll(Waker waker) throws IOException {
        while (true) {
            ByteBuffer buffer = in.buffer();
            if (scan(buffer)) {
                return Poll.ready(take(buffer, scanned + 1));
            }
            int count = in.pollFill(waker);
            if (count == AsyncInput.PENDING) {
                return Poll.pending();
            }
            if (count == AsyncInput.END) {
                return Poll.ready(buffer.hasRemaining() ? take(buffer, buffer.remaining()) : null);
            }
        }
    }

    /** Returns whether the delimiter is in the buffer; it is behind the scanned bytes then. */
    private boolean scan(ByteBuffer buffer) {
        for (int start = buffer.position(); scanned < buffer.remaining(); scanned++) {
            if (buffer.get(start + scanned) == delimiter) {
                return true;
            }
        }
        return false;
    }

    private T take(ByteBuffer buffer, int length) throws IOException {
        ByteBuffer found = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return extraction.extract(found);
    }
}
