package dev.gearbox.net;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens sockets that wait by means of a runtime instead of blocking threads.
 *
 * <p>Addresses are {@link InetSocketAddress} or {@link java.net.UnixDomainSocketAddress}. In OSGi each bundle that looks
 * this service up gets one of its own: the sockets it opens belong to that bundle and are closed when it stops.
 *
 * <p>Thread-safe.
 *
 * <pre>{@code
 * try (TcpStream stream = network.connect(new InetSocketAddress("localhost", 7)).await()) {
 *     stream.writeString("hello").await();
 *     stream.shutdownOutput();
 *     String echo = stream.readString(1000).await();
 * }
 * }</pre>
 */
@ProviderType
public interface Network {
    /** How many connections may queue for {@link TcpListener#accept()} if no number is given. */
    int DEFAULT_BACKLOG = 1024;

    /** Returns the network whose sockets belong to the owner of this runtime; cheap. */
    static Network on(AsyncRuntime runtime) {
        return new RuntimeNetwork(Objects.requireNonNull(runtime, "runtime"));
    }

    /** Returns {@link #listen(SocketAddress, int)} with {@link #DEFAULT_BACKLOG}. */
    default TcpListener listen(SocketAddress address) throws IOException {
        return listen(address, DEFAULT_BACKLOG);
    }

    /**
     * Binds a socket and lets connections queue; port 0 means any free one.
     *
     * <p>The file of a Unix-domain address must not exist; it stays behind when the listener is closed.
     *
     * @param backlog how many connections may queue, at least 1; the operating system may allow fewer
     * @throws java.net.BindException if the address cannot be bound
     * @throws java.nio.channels.UnresolvedAddressException if the address is a host name that was not resolved; see
     *     {@link #resolve}
     * @throws java.nio.channels.UnsupportedAddressTypeException if the address is of another kind
     * @throws IllegalArgumentException if the backlog is less than 1
     * @throws IOException if the socket cannot be opened
     */
    TcpListener listen(SocketAddress address, int backlog) throws IOException;

    /**
     * Returns a pollable that connects to an address.
     *
     * <p>A host name that is not resolved yet is resolved first; if it has several addresses they are tried one after
     * another, and what the first one failed with is the failure. Cancelling closes the socket.
     *
     * @throws java.nio.channels.UnsupportedAddressTypeException if the address is neither of the two kinds
     */
    Pollable<TcpStream> connect(SocketAddress address);

    /**
     * Returns a pollable that connects to an address, or fails with {@link java.util.concurrent.TimeoutException} when the
     * duration, counted from this call, is over.
     *
     * @throws java.nio.channels.UnsupportedAddressTypeException if the address is neither of the two kinds
     */
    Pollable<TcpStream> connect(SocketAddress address, Duration timeout);

    /**
     * Opens a socket for datagrams at an address of this machine; port 0 means any free one.
     *
     * <p>It speaks the address's kind, IPv4 or IPv6.
     *
     * @throws java.net.BindException if the address cannot be bound
     * @throws java.nio.channels.UnresolvedAddressException if the address is a host name that was not resolved; see
     *     {@link #resolve}
     * @throws IOException if the socket cannot be opened
     */
    UdpSocket bindUdp(InetSocketAddress address) throws IOException;

    /**
     * Returns a pollable that asks the system for the addresses of a host, at least one, in the system's order, or fails
     * with {@link java.net.UnknownHostException}.
     *
     * <p>The system's call blocks, so it is made in a blocking task. Cancelling stops waiting for it.
     *
     * @throws IllegalArgumentException if the port is not between 0 and 65535
     */
    Pollable<List<InetSocketAddress>> resolve(String host, int port);
}
