package dev.gearbox.net;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.IoSource;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.Objects;
import java.util.Optional;

/**
 * A socket for datagrams: messages that may be lost, doubled or reordered on their way.
 *
 * <p>One task receives at a time and one task sends; the two may be different tasks. Closing may be done by any thread; who
 * waits then gets a {@link java.nio.channels.ClosedChannelException}. Everything else may be called by any thread.
 *
 * <pre>{@code
 * try (UdpSocket socket = network.bindUdp(new InetSocketAddress("localhost", 7))) {
 *     ByteBuffer message = ByteBuffer.allocate(UdpSocket.MAX_BYTES);
 *     InetSocketAddress sender = socket.receive(message).await();
 *     socket.send(message.flip(), sender).await();
 * }
 * }</pre>
 */
public final class UdpSocket implements Closeable {
    /*
     * The JDK copies a heap buffer through a direct one as large as what remains in it, and keeps that for the thread: so
     * a receiver's is limited to what a datagram can have, and a sender's larger one is refused before it is copied.
     */

    /** More than the content of any datagram. */
    public static final int MAX_BYTES = 65_535;

    private final DatagramChannel channel;
    private final IoSource source;
    private final Interest reading;
    private final Interest writing;

    private UdpSocket(DatagramChannel channel, IoSource source) {
        this.channel = channel;
        this.source = source;
        reading = Interest.inReading(source);
        writing = Interest.inWriting(source);
    }

    /** Puts a channel under the care of the reactor; closes it if that fails. */
    static UdpSocket register(AsyncRuntime runtime, DatagramChannel channel) throws IOException {
        try {
            return new UdpSocket(channel, runtime.register(channel));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /**
     * Moves the next datagram into a buffer without waiting; of one that is larger than the buffer's room
     * <b>the rest is lost</b>, as if the sender had not sent it.
     *
     * <p>After null the waker of this latest call is woken, from any thread, when another call may get further; nothing was
     * taken, so a receiver may simply stop calling.
     *
     * @return who sent it, or null if there is none yet
     * @throws java.net.PortUnreachableException if this socket is connected and nobody listens at the other side; it goes
     *     on
     * @throws java.nio.channels.ClosedChannelException if this socket is closed
     * @throws IOException if receiving fails
     * @throws IllegalArgumentException if the buffer is read-only
     */
    public InetSocketAddress pollReceive(ByteBuffer dst, Waker waker) throws IOException {
        int limit = dst.limit();
        if (!dst.isDirect() && dst.remaining() > MAX_BYTES) {
            dst.limit(dst.position() + MAX_BYTES);
        }
        InetSocketAddress sender;
        try {
            sender = (InetSocketAddress) channel.receive(dst);
        } finally {
            dst.limit(limit);
        }
        if (sender == null) {
            reading.wakeWhenReady(waker);
        }
        return sender;
    }

    /**
     * Returns a pollable that receives one datagram and tells who sent it; it fails as {@link #pollReceive} does.
     *
     * <p>Of a datagram that is larger than the buffer's room <b>the rest is lost</b>. Cancelling loses nothing.
     */
    public Pollable<InetSocketAddress> receive(ByteBuffer dst) {
        Objects.requireNonNull(dst, "dst");
        return new UdpPollable<>(waker -> {
            InetSocketAddress sender = pollReceive(dst, waker);
            return sender == null ? Poll.pending() : Poll.ready(sender);
        });
    }

    /**
     * Sends what remains in the buffer as one datagram, without waiting.
     *
     * <p>After false nothing was sent, and the waker of this latest call is woken, from any thread, when another call may
     * get further.
     *
     * @param target where to, or null for the other side of a connected socket
     * @return whether the system has taken it, which does not mean that it arrives
     * @throws java.nio.channels.AlreadyConnectedException if this socket is connected to somebody else
     * @throws java.nio.channels.NotYetConnectedException if there is no target and this socket is not connected
     * @throws java.nio.channels.UnresolvedAddressException if the target is a host name that was not resolved
     * @throws java.nio.channels.ClosedChannelException if this socket is closed
     * @throws IOException if the system refuses, for instance a broadcast that is not allowed
     * @throws IllegalArgumentException if more than {@link #MAX_BYTES} remain
     */
    public boolean pollSend(ByteBuffer src, InetSocketAddress target, Waker waker) throws IOException {
        check(src);
        boolean empty = !src.hasRemaining();
        int count = target == null ? channel.write(src) : channel.send(src, target);
        if (count == 0 && !empty) {
            writing.wakeWhenReady(waker);
            return false;
        }
        return true;
    }

    private static void check(ByteBuffer src) {
        if (src.remaining() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "src has " + src.remaining() + " bytes, but a datagram holds less than " + MAX_BYTES);
        }
    }

    /**
     * Returns a pollable that sends what remains in the buffer as one datagram; it fails as {@link #pollSend} does.
     *
     * <p>Cancelling sends nothing.
     *
     * @throws IllegalArgumentException if more than {@link #MAX_BYTES} remain
     */
    public Pollable<Void> send(ByteBuffer src, InetSocketAddress target) {
        Objects.requireNonNull(target, "target");
        return sending(src, target);
    }

    /**
     * Returns a pollable that sends to the other side of a connected socket; otherwise as
     * {@link #send(ByteBuffer, InetSocketAddress)}.
     */
    public Pollable<Void> send(ByteBuffer src) {
        return sending(src, null);
    }

    private Pollable<Void> sending(ByteBuffer src, InetSocketAddress target) {
        check(src);
        return new UdpPollable<>(waker -> pollSend(src, target, waker) ? Poll.ready(null) : Poll.pending());
    }

    /**
     * Makes this the only address that datagrams are received from and sent to; nothing is sent for that, and it does not
     * wait.
     *
     * @throws java.nio.channels.AlreadyConnectedException if this socket is connected
     * @throws java.nio.channels.UnresolvedAddressException if the address is a host name that was not resolved
     * @throws IOException if the system refuses
     */
    public void connect(InetSocketAddress address) throws IOException {
        channel.connect(Objects.requireNonNull(address, "address"));
    }

    /** Undoes {@link #connect}; does nothing if this socket is not connected. */
    public void disconnect() throws IOException {
        channel.disconnect();
    }

    /** Returns where this socket is connected to, if it is. */
    public Optional<InetSocketAddress> remoteAddress() throws IOException {
        return Optional.ofNullable((InetSocketAddress) channel.getRemoteAddress());
    }

    /**
     * Returns the address that this is bound to.
     *
     * @throws java.nio.channels.ClosedChannelException if this socket is closed
     */
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Sets whether datagrams may be sent to broadcast addresses; off at first. */
    public void broadcast(boolean on) throws IOException {
        channel.setOption(StandardSocketOptions.SO_BROADCAST, on);
    }

    /** Returns whether datagrams may be sent to broadcast addresses. */
    public boolean broadcast() throws IOException {
        return channel.getOption(StandardSocketOptions.SO_BROADCAST);
    }

    /**
     * Joins a multicast group: datagrams to it that arrive at the interface are received, until the key is dropped.
     *
     * <p>The socket must be bound to an address of the group's kind, IPv4 or IPv6: the wildcard address, or the group's.
     *
     * @throws IllegalArgumentException if the group is no multicast address, or of the other kind
     * @throws java.nio.channels.ClosedChannelException if this socket is closed
     * @throws IOException if the system refuses
     */
    public MembershipKey join(InetAddress group, NetworkInterface at) throws IOException {
        return channel.join(group, at);
    }

    /**
     * Sets how this socket sends to multicast groups.
     *
     * @param from the interface by which the datagrams leave
     * @param hops how many networks they may cross, from 0 to 255; 1 keeps them in their own
     * @param loop whether sockets of this machine get them too
     * @throws IllegalArgumentException if the number of hops is out of its range
     * @throws IOException if the system refuses
     */
    public void multicast(NetworkInterface from, int hops, boolean loop) throws IOException {
        if (hops < 0 || hops > 255) {
            throw new IllegalArgumentException("hops is " + hops + ", allowed is 0 to 255");
        }
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, Objects.requireNonNull(from, "from"));
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, hops);
        channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, loop);
    }

    /** Returns whether this socket has not been closed. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the socket and leaves all groups; what has come and was not received is lost. */
    @Override
    public void close() throws IOException {
        source.close();
    }

    @Override
    public String toString() {
        return "UdpSocket[" + channel + "]";
    }
}
