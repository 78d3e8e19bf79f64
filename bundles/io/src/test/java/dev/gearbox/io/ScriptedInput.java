package dev.gearbox.io;

import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** Gives the bytes it was told, in those pieces; a null piece is one pending read, whose waker {@link #arrive} wakes. */
final class ScriptedInput implements AsyncInput {
    private final Deque<Object> script = new ArrayDeque<>();
    private boolean wakesItself;
    private boolean closed;
    private Waker waiting;
    int reads;

    static ScriptedInput of(String... pieces) {
        ScriptedInput input = new ScriptedInput();
        for (String piece : pieces) {
            input.script.add(piece == null ? PENDING : ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
        }
        return input;
    }

    /** Cuts bytes into random pieces with random waits between them. */
    static ScriptedInput random(byte[] bytes, Random random) {
        ScriptedInput input = new ScriptedInput();
        for (int start = 0; start < bytes.length; ) {
            int length = Math.min(bytes.length - start, 1 + random.nextInt(20));
            if (random.nextInt(3) == 0) {
                input.script.add(PENDING);
            }
            input.script.add(ByteBuffer.wrap(bytes, start, length).slice());
            start += length;
        }
        input.wakesItself = true;
        return input;
    }

    ScriptedInput wakingItself() {
        wakesItself = true;
        return this;
    }

    ScriptedInput thenFail(IOException failure) {
        script.add(failure);
        return this;
    }

    void arrive() {
        waiting.wake();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int pollRead(ByteBuffer dst, Waker waker) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!dst.hasRemaining()) {
            return 0;
        }
        reads++;
        Object next = script.peek();
        if (next == null) {
            return END;
        }
        if (next instanceof IOException failure) {
            throw failure;
        }
        if (next instanceof Integer) {
            script.remove();
            waiting = waker;
            if (wakesItself) {
                waker.wake();
            }
            return PENDING;
        }
        ByteBuffer piece = (ByteBuffer) next;
        int count = Math.min(piece.remaining(), dst.remaining());
        dst.put(piece.slice(piece.position(), count));
        piece.position(piece.position() + count);
        if (!piece.hasRemaining()) {
            script.remove();
        }
        return count;
    }

    @Override
    public void close() {
        closed = true;
    }
}
