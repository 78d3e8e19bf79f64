package dev.gearbox.net;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Objects;

/** Opens channels for the kinds of address that there are. */
final class Channels {
    private static final Logger LOGGER = System.getLogger(Network.class.getName());

    private Channels() {}

    static void checkKind(SocketAddress address) {
        Objects.requireNonNull(address, "address");
        if (!(address instanceof InetSocketAddress) && !isUnix(address)) {
            throw new UnsupportedAddressTypeException();
        }
    }

    static boolean isUnix(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress;
    }

    static SocketChannel open(SocketAddress address) throws IOException {
        return isUnix(address) ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    }

    static ServerSocketChannel openServer(SocketAddress address) throws IOException {
        return isUnix(address) ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
    }

    /** Opens one for the address's kind only, as a multicast group of that kind needs it. */
    static DatagramChannel openDatagram(InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new UnresolvedAddressException();
        }
        boolean six = address.getAddress() instanceof Inet6Address;
        return DatagramChannel.open(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    }

    /** Returns the same failure with the address in its message. */
    static BindException naming(SocketAddress address, BindException failure) {
        BindException named = new BindException(address + ": " + failure.getMessage());
        named.initCause(failure);
        return named;
    }

    /** Returns the same failure with the address in its message, if it is that a connection was refused or timed out. */
    static IOException naming(SocketAddress address, IOException failure) {
        if (failure.getClass() != ConnectException.class) {
            return failure;
        }
        ConnectException named = new ConnectException(address + ": " + failure.getMessage());
        named.initCause(failure);
        return named;
    }

    /** Closes what nobody will use; that this failed is of no concern to anybody, and logged. */
    static void closeReporting(Closeable unused) {
        try {
            unused.close();
        } catch (IOException failure) {
            logDebug("closing " + unused, failure);
        }
    }

    static void logDebug(String what, IOException failure) {
        LOGGER.log(Level.DEBUG, () -> what + " failed", failure);
    }
}
