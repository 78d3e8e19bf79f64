package dev.gearbox.net;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.IoSource;
import dev.gearbox.Pollable;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A socket at which connections arrive.
 *
 * <p>Thread-safe; any number of tasks may accept at once. An accept that fails though the socket is open, for instance
 * because the process has no file descriptors left, is logged, counted and tried again after a pause, which grows from
 * 10 ms to 1 s as long as it goes on failing.
 *
 * <pre>{@code
 * while (true) {
 *     TcpStream stream = listener.accept().await();
 *     runtime.spawn(AsyncIo.copy(stream, stream).then(count -> stream.finish())); // echo
 * }
 * }</pre>
 */
public final class TcpListener implements Closeable {
    /** The one operation of a server channel that is used here; a failing one takes its place in tests. */
    @FunctionalInterface
    interface Acceptor {
        /** Returns null if there is no connection. */
        SocketChannel accept() throws IOException;
    }

    private static final Logger LOGGER = System.getLogger(TcpListener.class.getName());
    private static final Duration MIN_PAUSE = Duration.ofMillis(10);
    /** The pause doubles as often as that: to about a second. */
    private static final int MAX_DOUBLINGS = 7;

    private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

    private final AsyncRuntime runtime;
    private final IoSource source;
    private final Acceptor acceptor;
    private final SocketAddress address;
    private final Waiters waiters;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong failuresInARow = new AtomicLong();

    TcpListener(AsyncRuntime runtime, IoSource source, Acceptor acceptor, SocketAddress address) {
        this.runtime = runtime;
        this.source = source;
        this.acceptor = acceptor;
        this.address = address;
        waiters = new Waiters(source);
    }

    /**
     * Returns a pollable that takes the next connection, or fails with {@link java.nio.channels.ClosedChannelException} if
     * this listener is closed.
     *
     * <p>Cancelling never loses a connection: none is taken before the poll that is ready.
     */
    public Pollable<TcpStream> accept() {
        return new Accept(this);
    }

    /** Returns the address that this was bound to, also after it is closed. */
    public SocketAddress localAddress() {
        return address;
    }

    /** Returns counts taken at this moment; cheap. */
    public ListenerStatistics statistics() {
        return new ListenerStatistics(accepted.get(), failures.get());
    }

    /** Stops listening; connections that nobody has accepted are refused. */
    @Override
    public void close() throws IOException {
        try {
            source.close();
        } finally {
            waiters.wake();
        }
    }

    /** Returns whether this listener has not been closed. */
    public boolean isOpen() {
        return source.channel().isOpen();
    }

    @Override
    public String toString() {
        return "TcpListener[" + address + "]";
    }

    Waiters waiters() {
        return waiters;
    }

    /** Returns the next connection, or null if there is none. */
    TcpStream tryAccept() throws IOException {
        SocketChannel channel = acceptor.accept();
        if (channel == null) {
            return null;
        }
        TcpStream stream = TcpStream.register(runtime, channel);
        failuresInARow.setRelease(0);
        accepted.incrementAndGet();
        return stream;
    }

    /** Reports that an accept failed, and returns the pause that is to follow. */
    Pollable<Void> pauseAfter(IOException failure) {
        failures.incrementAndGet();
        long before = failuresInARow.getAndIncrement();
        Duration pause = before < MAX_DOUBLINGS ? MIN_PAUSE.multipliedBy(1L << before) : MAX_PAUSE;
        LOGGER.log(
                before == 0 ? Level.WARNING : Level.DEBUG,
                () -> "accepting on " + address + " failed and is tried again in " + pause.toMillis() + " ms",
                failure);
        return runtime.sleep(pause);
    }
}
