package dev.gearbox.io;

import dev.gearbox.Waker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Collects what is written; takes bytes only as far as it was opened. */
final class ScriptedOutput implements AsyncOutput {
    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Random random;
    private int room;
    private Waker waiting;
    int writes;
    int flushes;
    boolean closed;

    private ScriptedOutput(int room, Random random) {
        this.room = room;
        this.random = random;
    }

    static ScriptedOutput open() {
        return new ScriptedOutput(Integer.MAX_VALUE, null);
    }

    static ScriptedOutput withRoom(int room) {
        return new ScriptedOutput(room, null);
    }

    /** Takes a few bytes at a time or makes the writer wait, as chance will have it. */
    static ScriptedOutput random(Random random) {
        return new ScriptedOutput(Integer.MAX_VALUE, random);
    }

    void makeRoom(int count) {
        room += count;
        if (waiting != null) {
            waiting.wake();
        }
    }

    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Override
    public int pollWrite(ByteBuffer src, Waker waker) throws ClosedChannelException {
        checkOpen();
        if (!src.hasRemaining()) {
            return 0;
        }
        writes++;
        if (random != null) {
            if (random.nextInt(3) == 0) {
                waker.wake();
                return PENDING;
            }
            room = 1 + random.nextInt(30);
        }
        if (room == 0) {
            waiting = waker;
            return PENDING;
        }
        int count = Math.min(room, src.remaining());
        room -= count;
        for (int i = 0; i < count; i++) {
            written.write(src.get());
        }
        return count;
    }

    @Override
    public boolean pollFlush(Waker waker) throws ClosedChannelException {
        checkOpen();
        flushes++;
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
