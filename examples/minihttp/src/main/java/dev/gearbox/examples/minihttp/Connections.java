package dev.gearbox.examples.minihttp;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Waker;
import dev.gearbox.net.TcpStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The open connections of a server, up to a maximum. Thread-safe, but one thread at a time asks for a place. */
final class Connections implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Connections.class.getName());

    private final AsyncRuntime runtime;
    private final Timeouts timeouts;
    private final int max;
    private final Buffers buffers = new Buffers();
    private final Set<TcpStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    /** Who waits for a place, or null. Written before the count is read again, read after the count is written. */
    private volatile Waker waiting;

    private volatile boolean closed;

    Connections(AsyncRuntime runtime, Timeouts timeouts, int max) {
        this.runtime = runtime;
        this.timeouts = timeouts;
        this.max = max;
    }

    int count() {
        return count.get();
    }

    /** Returns whether another connection may be served; if not, the waker is woken when it may. */
    boolean pollPlace(Waker waker) {
        if (count.get() < max) {
            return true;
        }
        waiting = waker;
        return count.get() < max;
    }

    /** Serves a connection in a task of its own; refuses it by closing it if that is not possible. */
    void serve(TcpStream stream) {
        open.add(stream);
        count.incrementAndGet();
        Connection connection = new Connection(runtime, stream, timeouts, buffers, () -> ended(stream));
        try {
            if (stream.localAddress() instanceof InetSocketAddress) {
                stream.noDelay(true);
            }
            runtime.task().name("minihttp connection").spawn(connection).close();
        } catch (IOException gone) {
            LOGGER.log(Level.DEBUG, () -> "lost " + stream, gone);
            connection.close();
        } catch (RejectedExecutionException tooManyTasks) {
            LOGGER.log(Level.WARNING, () -> "refused " + stream, tooManyTasks);
            connection.close();
        }
        if (closed) {
            closeReporting(stream);
        }
    }

    private void ended(TcpStream stream) {
        open.remove(stream);
        count.decrementAndGet();
        Waker waker = waiting;
        if (waker != null) {
            waiting = null;
            waker.wake();
        }
    }

    /** Closes every connection; each task finds that out by itself. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Connections::closeReporting);
    }

    private static void closeReporting(TcpStream stream) {
        try {
            stream.close();
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, () -> "closing " + stream + " failed", failure);
        }
    }
}
