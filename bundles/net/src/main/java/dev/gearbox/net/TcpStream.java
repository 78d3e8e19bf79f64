package dev.gearbox.net;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.IoSource;
import dev.gearbox.Waker;
import dev.gearbox.io.AsyncInput;
import dev.gearbox.io.AsyncOutput;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection: bytes in and bytes out.
 *
 * <p>One task reads at a time and one task writes; the two may be different tasks, and {@link #input()} and
 * {@link #output()} are there to be handed to them. Reading and writing without having to wait allocates nothing. Of a
 * heap buffer at most 64 KiB are moved at once; a direct buffer is moved whole and uncopied.
 *
 * <p>What has been written is on its way: there is nothing to flush. Closing may be done by any thread; who waits then gets
 * a {@link java.nio.channels.ClosedChannelException}.
 */
public final class TcpStream implements AsyncInput, AsyncOutput {
    /*
     * A read that did not fill its buffer has emptied the socket. So the call after it does not ask the system, but the
     * reactor, once: a connection that reads a request, answers it and waits for the next makes two system calls and not
     * three. What has come meanwhile, be it the end, the reactor reports as it does everything.
     */
    /** The last read took all there was. */
    private boolean drained;

    /*
     * The JDK copies a heap buffer through a direct one as large as what remains in it, and keeps that for the thread:
     * without this limit a task that writes 100 MB from an array would leave 100 MB of native memory at each thread it
     * was run by, and copy all of it again for each piece that the socket takes.
     */
    private static final int MAX_HEAP_TRANSFER = 64 * 1024;

    private final SocketChannel channel;
    private final IoSource source;
    private final Interest reading;
    private final Interest writing;

    private TcpStream(SocketChannel channel, IoSource source) {
        this.channel = channel;
        this.source = source;
        reading = Interest.inReading(source);
        writing = Interest.inWriting(source);
    }

    /** Puts a channel under the care of the reactor; closes it if that fails. */
    static TcpStream register(AsyncRuntime runtime, SocketChannel channel) throws IOException {
        try {
            return new TcpStream(channel, runtime.register(channel));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Returns whether the connection is made at once; if not, {@link #pollConnected} tells when. */
    boolean connect(SocketAddress address) throws IOException {
        return channel.connect(address);
    }

    boolean pollConnected(Waker waker) throws IOException {
        if (channel.finishConnect()) {
            return true;
        }
        writing.wakeWhenReady(waker);
        return false;
    }

    @Override
    public int pollRead(ByteBuffer dst, Waker waker) throws IOException {
        if (!dst.hasRemaining()) {
            return 0;
        }
        int room = dst.isDirect() ? dst.remaining() : Math.min(dst.remaining(), MAX_HEAP_TRANSFER);
        int count = drained && channel.isOpen() ? 0 : receive(dst, room);
        drained = count > 0 && count < room;
        if (count == 0) {
            reading.wakeWhenReady(waker);
            return AsyncInput.PENDING;
        }
        return count < 0 ? END : count;
    }

    private int receive(ByteBuffer dst, int room) throws IOException {
        int limit = dst.limit();
        if (room == dst.remaining()) {
            return channel.read(dst);
        }
        dst.limit(dst.position() + room);
        try {
            return channel.read(dst);
        } finally {
            dst.limit(limit);
        }
    }

    @Override
    public int pollWrite(ByteBuffer src, Waker waker) throws IOException {
        if (!src.hasRemaining()) {
            return 0;
        }
        int count = send(src);
        if (count == 0) {
            writing.wakeWhenReady(waker);
            return AsyncOutput.PENDING;
        }
        return count;
    }

    private int send(ByteBuffer src) throws IOException {
        int limit = src.limit();
        if (src.isDirect() || src.remaining() <= MAX_HEAP_TRANSFER) {
            return channel.write(src);
        }
        src.limit(src.position() + MAX_HEAP_TRANSFER);
        try {
            return channel.write(src);
        } finally {
            src.limit(limit);
        }
    }

    /** Returns true: nothing is held back here. */
    @Override
    public boolean pollFlush(Waker waker) {
        return true;
    }

    /** Returns the reading half; closing it is {@link #shutdownInput()}. */
    public AsyncInput input() {
        return new InputHalf(this);
    }

    /** Returns the writing half; closing it is {@link #shutdownOutput()}. */
    public AsyncOutput output() {
        return new OutputHalf(this);
    }

    /**
     * Ends reading: further reads find the end.
     *
     * @throws java.nio.channels.ClosedChannelException if this stream is closed
     * @throws IOException if the system refuses
     */
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
        reading.wake();
    }

    /**
     * Ends writing: the other side will read what was written and then the end; this side can still read.
     *
     * @throws java.nio.channels.ClosedChannelException if this stream is closed
     * @throws IOException if the system refuses
     */
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
        writing.wake();
    }

    /**
     * Sets whether small writes are sent at once instead of being collected by the system; off at first.
     *
     * @throws UnsupportedOperationException if this is a Unix-domain socket
     * @throws IOException if this stream is closed
     */
    public void noDelay(boolean on) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, on);
    }

    /** Returns whether small writes are sent at once; fails as {@link #noDelay(boolean)}. */
    public boolean noDelay() throws IOException {
        return channel.getOption(StandardSocketOptions.TCP_NODELAY);
    }

    /**
     * Sets whether the system probes an idle connection, so that one whose other side is gone fails; off at first.
     *
     * @throws UnsupportedOperationException if this is a Unix-domain socket
     * @throws IOException if this stream is closed
     */
    public void keepAlive(boolean on) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, on);
    }

    /** Returns whether the system probes an idle connection; fails as {@link #keepAlive(boolean)}. */
    public boolean keepAlive() throws IOException {
        return channel.getOption(StandardSocketOptions.SO_KEEPALIVE);
    }

    /**
     * Returns the address of this side.
     *
     * @throws java.nio.channels.ClosedChannelException if this stream is closed
     * @throws IOException if the system refuses
     */
    public SocketAddress localAddress() throws IOException {
        return channel.getLocalAddress();
    }

    /**
     * Returns the address of the other side.
     *
     * @throws java.nio.channels.ClosedChannelException if this stream is closed
     * @throws IOException if the system refuses
     */
    public SocketAddress remoteAddress() throws IOException {
        return channel.getRemoteAddress();
    }

    /** Returns whether this stream has not been closed. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Closes both directions; what was written is still sent, unless the other side sent something that was not read.
     */
    @Override
    public void close() throws IOException {
        source.close();
    }

    @Override
    public String toString() {
        return "TcpStream[" + channel + "]";
    }

    private record InputHalf(TcpStream stream) implements AsyncInput {
        @Override
        public int pollRead(ByteBuffer dst, Waker waker) throws IOException {
            return stream.pollRead(dst, waker);
        }

        @Override
        public void close() throws IOException {
            if (stream.isOpen()) {
                stream.shutdownInput();
            }
        }
    }

    private record OutputHalf(TcpStream stream) implements AsyncOutput {
        @Override
        public int pollWrite(ByteBuffer src, Waker waker) throws IOException {
            return stream.pollWrite(src, waker);
        }

        @Override
        public boolean pollFlush(Waker waker) {
            return true;
        }

        @Override
        public void close() throws IOException {
            if (stream.isOpen()) {
                stream.shutdownOutput();
            }
        }
    }
}
