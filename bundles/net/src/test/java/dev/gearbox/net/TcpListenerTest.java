package dev.gearbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TcpListenerTest extends OnEachScheduler {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final SocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void accept_errors_are_counted_and_survived() throws Exception {
        ServerSocketChannel channel = ServerSocketChannel.open().bind(ANY_PORT);
        AtomicInteger failures = new AtomicInteger(3);
        TcpListener.Acceptor failing = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("Too many open files");
            }
            return channel.accept();
        };
        try (TcpListener listener =
                        new TcpListener(runtime(), runtime().register(channel), failing, channel.getLocalAddress());
                TcpStream client = Network.on(runtime()).connect(listener.localAddress()).await(LONG)) {
            listener.accept().await(LONG).close();
            assertThat(listener.statistics()).isEqualTo(new ListenerStatistics(1, 3));
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void closing_ends_the_pause_after_an_error() throws Exception {
        ServerSocketChannel channel = ServerSocketChannel.open().bind(ANY_PORT);
        TcpListener.Acceptor failing = () -> {
            if (!channel.isOpen()) {
                throw new java.nio.channels.ClosedChannelException();
            }
            throw new IOException("Too many open files");
        };
        TcpListener listener =
                new TcpListener(runtime(), runtime().register(channel), failing, channel.getLocalAddress());
        var accept = listener.accept();
        AtomicInteger wakes = new AtomicInteger();
        while (listener.statistics().failures() < 8) { // after seven the pause is a second
            accept.poll(wakes::incrementAndGet);
            Thread.onSpinWait();
        }
        int before = wakes.get();
        listener.close();
        assertThat(wakes).hasValueGreaterThan(before);
        assertThatThrownBy(() -> accept.poll(() -> {})).isInstanceOf(java.nio.channels.ClosedChannelException.class);
    }

    @Test
    void an_address_in_use_is_named() throws Exception {
        Network network = Network.on(runtime());
        try (TcpListener listener = network.listen(ANY_PORT)) {
            assertThatThrownBy(() -> network.listen(listener.localAddress()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(listener.localAddress().toString());
        }
    }

    @Test
    void bad_arguments_fail_at_once() {
        Network network = Network.on(runtime());
        SocketAddress other = new SocketAddress() {
            private static final long serialVersionUID = 1L;
        };
        assertThatThrownBy(() -> network.listen(ANY_PORT, 0)).hasMessage("backlog is less than 1: 0");
        assertThatThrownBy(() -> network.listen(other)).isInstanceOf(UnsupportedAddressTypeException.class);
        assertThatThrownBy(() -> network.connect(other)).isInstanceOf(UnsupportedAddressTypeException.class);
        assertThatThrownBy(() -> network.connect(null)).hasMessage("address");
        assertThatThrownBy(() -> network.connect(ANY_PORT, null)).hasMessage("timeout");
        assertThatThrownBy(() -> network.resolve("localhost", 65536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> network.listen(InetSocketAddress.createUnresolved("localhost", 0)))
                .isInstanceOf(UnresolvedAddressException.class);
    }
}
