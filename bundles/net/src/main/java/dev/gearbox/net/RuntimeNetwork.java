package dev.gearbox.net;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.IoSource;
import dev.gearbox.Pollable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The network on one runtime; keeps nothing else. */
record RuntimeNetwork(AsyncRuntime runtime) implements Network {
    @Override
    public TcpListener listen(SocketAddress address, int backlog) throws IOException {
        Channels.checkKind(address);
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog is less than 1: " + backlog);
        }
        ServerSocketChannel channel = Channels.openServer(address);
        try {
            channel.bind(address, backlog);
            IoSource source = runtime.register(channel);
            return new TcpListener(runtime, source, channel::accept, channel.getLocalAddress());
        } catch (BindException failure) {
            channel.close();
            throw Channels.naming(address, failure);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public Pollable<TcpStream> connect(SocketAddress address) {
        Channels.checkKind(address);
        if (address instanceof InetSocketAddress name && name.isUnresolved()) {
            return resolve(name.getHostString(), name.getPort()).then(all -> new Connect(runtime, all));
        }
        return address instanceof UnixDomainSocketAddress path
                ? new UnixConnect(runtime, path)
                : new Connect(runtime, List.of(address));
    }

    @Override
    public Pollable<TcpStream> connect(SocketAddress address, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        return runtime.timeout(connect(address), timeout);
    }

    @Override
    public UdpSocket bindUdp(InetSocketAddress address) throws IOException {
        DatagramChannel channel = Channels.openDatagram(address);
        try {
            channel.bind(address);
        } catch (BindException failure) {
            channel.close();
            throw Channels.naming(address, failure);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        return UdpSocket.register(runtime, channel);
    }

    @Override
    public Pollable<List<InetSocketAddress>> resolve(String host, int port) {
        return new Resolve(runtime, InetSocketAddress.createUnresolved(host, port));
    }
}
