package dev.gearbox.examples.minihttp;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Task;
import dev.gearbox.net.Network;
import dev.gearbox.net.TcpListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A small HTTP/1.1 server: {@code GET /} and {@code HEAD /} give {@code Hello, world!} in plain text, other paths 404,
 * other methods 405.
 *
 * <p>It keeps connections, answers pipelined requests in order and sends their responses together. One task accepts, and
 * each connection is one task in polled style. At most {@value #MAX_CONNECTIONS} connections are served at once; further
 * ones queue at the system. Bodies with a Content-Length of up to 1 MiB are skipped, longer ones and transfer codings are
 * refused; so are heads that are malformed (400), slow (408) or too large (414, 431).
 *
 * <p>Thread-safe.
 *
 * <pre>{@code
 * try (MiniHttp server = MiniHttp.start(runtime, Network.on(runtime), new InetSocketAddress("127.0.0.1", 8080))) {
 *     server.ended().await();
 * }
 * }</pre>
 */
public final class MiniHttp implements AutoCloseable {
    /** How many connections are served at once. */
    public static final int MAX_CONNECTIONS = 10_000;

    private final TcpListener listener;
    private final Connections connections;
    private final Task<Void> accepting;

    private MiniHttp(TcpListener listener, Connections connections, Task<Void> accepting) {
        this.listener = listener;
        this.connections = connections;
        this.accepting = accepting;
    }

    /**
     * Starts a server whose tasks belong to the runtime's owner.
     *
     * @param address where to listen; port 0 means any free one
     * @throws IOException if it cannot listen there
     */
    public static MiniHttp start(AsyncRuntime runtime, Network network, SocketAddress address) throws IOException {
        return start(runtime, network, address, Timeouts.DEFAULT, MAX_CONNECTIONS);
    }

    static MiniHttp start(
            AsyncRuntime runtime, Network network, SocketAddress address, Timeouts timeouts, int maxConnections)
            throws IOException {
        TcpListener listener = network.listen(address);
        try {
            Connections connections = new Connections(runtime, timeouts, maxConnections);
            Task<Void> accepting =
                    runtime.task().name("minihttp accept").spawn(new Accepting(listener, connections));
            return new MiniHttp(listener, connections, accepting);
        } catch (RuntimeException failure) {
            listener.close();
            throw failure;
        }
    }

    /** Returns the address that it listens on. */
    public SocketAddress address() {
        return listener.localAddress();
    }

    /**
     * Returns the port that it listens on.
     *
     * @throws IllegalStateException if it listens on a Unix-domain address
     */
    public int port() {
        if (address() instanceof InetSocketAddress inet) {
            return inet.getPort();
        }
        throw new IllegalStateException("no port: listening on " + address());
    }

    /** Returns how many connections are open. */
    public int openConnections() {
        return connections.count();
    }

    /** Returns the task that ends when the server no longer accepts connections. */
    public Task<Void> ended() {
        return accepting;
    }

    /** Stops listening and closes all connections at once; responses under way may be cut off. */
    @Override
    public void close() throws IOException {
        try {
            listener.close();
        } finally {
            connections.close();
        }
    }
}
