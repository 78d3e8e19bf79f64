package dev.gearbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.gearbox.AsyncRuntime;
import dev.gearbox.IoSource;
import dev.gearbox.Waker;
import dev.gearbox.io.AsyncInput;
import dev.gearbox.io.AsyncOutput;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TcpStreamTest extends OnEachScheduler {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Waker NOBODY = () -> {};

    /** A source that keeps the wakers until it is told to wake them. */
    private static final class KeepingSource implements IoSource {
        final List<Waker> kept = new ArrayList<>();

        @Override
        public SelectableChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeWhenReadable(Waker waker) {
            kept.add(waker);
        }

        @Override
        public void wakeWhenWritable(Waker waker) {
            kept.add(waker);
        }

        @Override
        public void close() {}
    }

    @Test
    void waits_that_were_given_up_leave_one_waker_with_the_source() throws Exception {
        KeepingSource source = new KeepingSource();
        Interest interest = Interest.inReading(source);
        List<Integer> woken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            interest.wakeWhenReady(() -> woken.add(number));
        }
        assertThat(source.kept).hasSize(1);
        source.kept.remove(0).wake();
        assertThat(woken).as("the latest one only").containsExactly(99);
        interest.wakeWhenReady(NOBODY);
        assertThat(source.kept).as("asked anew after a wake").hasSize(1);
    }

    /** Returns a runtime that registers everything there. */
    private static AsyncRuntime runtimeOf(IoSource source) {
        return (AsyncRuntime) Proxy.newProxyInstance(
                AsyncRuntime.class.getClassLoader(),
                new Class<?>[] {AsyncRuntime.class},
                (proxy, method, arguments) -> source);
    }

    @Test
    void who_has_read_all_there_was_asks_the_reactor_next_and_then_the_system() throws Exception {
        KeepingSource source = new KeepingSource();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ByteBuffer dst = ByteBuffer.allocate(100);
        TcpStream stream;
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
                SocketChannel channel = SocketChannel.open(server.getLocalAddress());
                SocketChannel other = server.accept()) {
            channel.configureBlocking(false);
            stream = TcpStream.register(runtimeOf(source), channel);
            AtomicInteger wakes = new AtomicInteger();
            other.write(ByteBuffer.allocate(10)); // there at once, within one machine
            assertThat(stream.pollRead(dst.clear().limit(4), NOBODY)).isEqualTo(4);
            assertThat(stream.pollRead(dst.clear(), NOBODY)).as("the first has filled its buffer").isEqualTo(6);
            other.write(ByteBuffer.allocate(10));
            assertThat(stream.pollRead(dst.clear(), wakes::incrementAndGet)).isEqualTo(AsyncInput.PENDING);
            assertThat(source.kept).hasSize(1);
            source.kept.remove(0).wake();
            assertThat(wakes).hasValue(1);
            assertThat(stream.pollRead(dst.clear(), NOBODY)).isEqualTo(10);
        }
        assertThatThrownBy(() -> stream.pollRead(dst.clear(), NOBODY)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void ending_a_direction_wakes_who_waits_for_it_whatever_the_selector_says() throws Exception {
        KeepingSource source = new KeepingSource();
        AsyncRuntime runtime = runtimeOf(source);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
                SocketChannel channel = SocketChannel.open(server.getLocalAddress())) {
            channel.configureBlocking(false);
            TcpStream stream = TcpStream.register(runtime, channel);
            AtomicInteger wakes = new AtomicInteger();
            ByteBuffer full = ByteBuffer.allocate(64 * 1024);
            while (stream.pollWrite(full, wakes::incrementAndGet) != AsyncOutput.PENDING) {
                full.clear();
            }
            stream.pollRead(full.clear(), wakes::incrementAndGet);
            stream.shutdownInput();
            assertThat(wakes).hasValue(1);
            stream.shutdownOutput();
            assertThat(wakes).hasValue(2);
        }
    }

    @Test
    void reading_and_writing_without_a_wait_allocates_nothing() throws Exception {
        Network network = Network.on(runtime());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (TcpListener listener =
                        network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                TcpStream client = network.connect(listener.localAddress()).await(LONG);
                TcpStream server = listener.accept().await(LONG)) {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            exchange(client, server, buffer, 20_000);
            long before = threads.getCurrentThreadAllocatedBytes();
            exchange(client, server, buffer, 1_000);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
        }
    }

    private static void exchange(TcpStream client, TcpStream server, ByteBuffer buffer, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            buffer.clear();
            client.pollWrite(buffer, NOBODY);
            buffer.clear();
            while (buffer.hasRemaining()) {
                server.pollRead(buffer, NOBODY);
            }
        }
    }

    @Test
    void of_a_heap_buffer_at_most_64_kib_move_at_once() throws Exception {
        Network network = Network.on(runtime());
        try (TcpListener listener =
                        network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                TcpStream client = network.connect(listener.localAddress()).await(LONG)) {
            ByteBuffer src = ByteBuffer.allocate(1 << 20);
            assertThat(client.pollWrite(src, NOBODY)).isEqualTo(64 * 1024);
            assertThat(src.position()).isEqualTo(64 * 1024);
            assertThat(src.limit()).isEqualTo(1 << 20);
        }
    }
}
