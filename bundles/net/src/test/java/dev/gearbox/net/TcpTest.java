package dev.gearbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.io.AsyncInput;
import dev.gearbox.io.AsyncIo;
import dev.gearbox.io.AsyncOutput;
import dev.gearbox.io.BufferedInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class TcpTest extends OnEachScheduler {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final SocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** The two ends of one connection. */
    private record Pair(TcpStream client, TcpStream server) implements AutoCloseable {
        static Pair on(AsyncRuntime runtime) throws Exception {
            Network network = Network.on(runtime);
            try (TcpListener listener = network.listen(ANY_PORT)) {
                TcpStream client = network.connect(listener.localAddress()).await(LONG);
                return new Pair(client, listener.accept().await(LONG));
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    @EachScheduler
    void a_polled_echo_server_gives_back_every_byte_of_many_clients(String scheduler) throws Exception {
        echo(scheduler, ANY_PORT);
    }

    @EachScheduler
    void unix_domain_sockets_work_the_same(String scheduler, @TempDir Path folder) throws Exception {
        echo(scheduler, UnixDomainSocketAddress.of(folder.resolve(scheduler)));
    }

    private static void echo(String scheduler, SocketAddress address) throws Exception {
        AsyncRuntime runtime = on(scheduler);
        Network network = Network.on(runtime);
        try (TcpListener listener = network.listen(address)) {
            Task<Void> server = runtime.spawn(echoForEver(runtime, listener));
            List<Task<byte[]>> clients = new ArrayList<>();
            List<byte[]> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[200_000];
                new Random(i).nextBytes(bytes);
                sent.add(bytes);
                clients.add(runtime.spawn(network.connect(listener.localAddress()).then(stream -> {
                    runtime.spawn(stream.writeAll(ByteBuffer.wrap(bytes)).then(written -> stream.output().finish()));
                    return stream.readAll(bytes.length).map(received -> {
                        stream.close();
                        return received;
                    });
                })));
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).await(LONG)).isEqualTo(sent.get(i));
            }
            assertThat(listener.statistics().accepted()).isEqualTo(clients.size());
            server.cancel();
        }
    }

    private static Pollable<Void> echoForEver(AsyncRuntime runtime, TcpListener listener) {
        return listener.accept().then(stream -> {
            runtime.spawn(AsyncIo.copy(stream, stream).then(count -> stream.finish()));
            return echoForEver(runtime, listener);
        });
    }

    @EachScheduler
    void an_echo_server_in_direct_style_works_the_same(String scheduler) throws Exception {
        AsyncRuntime runtime = on(scheduler);
        Network network = Network.on(runtime);
        try (TcpListener listener = network.listen(ANY_PORT)) {
            Task<Void> server = runtime.spawn(() -> {
                try (TcpStream stream = listener.accept().await()) {
                    BufferedInput in = new BufferedInput(stream);
                    for (String line; (line = in.readLine().await()) != null; ) {
                        stream.writeString(line + "!\n").await();
                    }
                }
                return null;
            });
            Task<String> client = runtime.spawn(() -> {
                try (TcpStream stream = network.connect(listener.localAddress()).await()) {
                    stream.writeString("one\ntwo\n").await();
                    stream.shutdownOutput();
                    return stream.readString(100).await();
                }
            });
            assertThat(client.await(LONG)).isEqualTo("one!\ntwo!\n");
            server.await(LONG);
        }
    }

    @EachScheduler
    void a_writer_waits_for_a_slow_reader_and_loses_nothing(String scheduler) throws Exception {
        AsyncRuntime runtime = on(scheduler);
        byte[] bytes = new byte[8_000_000];
        new Random(7).nextBytes(bytes);
        try (Pair pair = Pair.on(runtime)) {
            ByteBuffer src = ByteBuffer.wrap(bytes);
            Pollable<Void> write = pair.client.writeAll(src);
            assertThat(write.poll(() -> {}).isReady()).as("more than the system buffers").isFalse();
            write.close();
            Task<Void> rest = runtime.spawn(pair.client.writeAll(src));
            ByteBuffer dst = ByteBuffer.allocateDirect(bytes.length);
            pair.server.readExact(dst).await(LONG);
            rest.await(LONG);
            assertThat(dst.flip()).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @EachScheduler
    void closing_a_stream_wakes_its_reader(String scheduler) throws Exception {
        try (Pair pair = Pair.on(on(scheduler))) {
            CountDownLatch woken = new CountDownLatch(1);
            Pollable<Integer> read = pair.client.read(ByteBuffer.allocate(10));
            assertThat(read.poll(woken::countDown).isReady()).isFalse();
            pair.client.close();
            assertThat(woken.await(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> read.await(LONG)).isInstanceOf(ClosedChannelException.class);
            assertThat(pair.client.isOpen()).isFalse();
        }
    }

    @EachScheduler
    void closing_a_listener_wakes_all_who_accept(String scheduler) throws Exception {
        AsyncRuntime runtime = on(scheduler);
        TcpListener listener = Network.on(runtime).listen(ANY_PORT);
        CountDownLatch woken = new CountDownLatch(2);
        Pollable<TcpStream> one = listener.accept();
        Pollable<TcpStream> two = listener.accept();
        assertThat(one.poll(woken::countDown).isReady()).isFalse();
        assertThat(two.poll(woken::countDown).isReady()).isFalse();
        listener.close();
        assertThat(woken.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> one.await(LONG)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> two.await(LONG)).isInstanceOf(ClosedChannelException.class);
    }

    @EachScheduler
    void a_cancelled_accept_loses_no_connection(String scheduler) throws Exception {
        AsyncRuntime runtime = on(scheduler);
        Network network = Network.on(runtime);
        try (TcpListener listener = network.listen(ANY_PORT)) {
            CountDownLatch woken = new CountDownLatch(2);
            Pollable<TcpStream> cancelled = listener.accept();
            Pollable<TcpStream> other = listener.accept();
            Pollable<TcpStream> gone = listener.accept();
            AtomicInteger wakesOfGone = new AtomicInteger();
            assertThat(gone.poll(wakesOfGone::incrementAndGet).isReady()).isFalse();
            gone.close();
            assertThat(cancelled.poll(woken::countDown).isReady()).isFalse();
            assertThat(other.poll(woken::countDown).isReady()).isFalse();
            try (TcpStream client = network.connect(listener.localAddress()).await(LONG)) {
                assertThat(woken.await(30, TimeUnit.SECONDS)).as("both were woken").isTrue();
                cancelled.close();
                try (TcpStream server = other.await(LONG)) {
                    assertThat(server.remoteAddress()).isEqualTo(client.localAddress());
                }
            }
            assertThat(wakesOfGone).as("who gave up before is not kept").hasValue(0);
        }
    }

    @EachScheduler
    void each_half_closes_its_own_direction(String scheduler) throws Exception {
        try (Pair pair = Pair.on(on(scheduler))) {
            AsyncOutput out = pair.client.output();
            out.writeString("question").await(LONG);
            out.finish().await(LONG);
            assertThatThrownBy(() -> out.writeString("x").await(LONG)).isInstanceOf(ClosedChannelException.class);
            assertThat(pair.server.readString(100).await(LONG)).isEqualTo("question");
            pair.server.writeString("answer").await(LONG);
            AsyncInput in = pair.client.input();
            ByteBuffer answer = ByteBuffer.allocate(6);
            in.readExact(answer).await(LONG);
            in.close();
            assertThat(in.read(answer.clear()).await(LONG)).isEqualTo(AsyncInput.END);
        }
    }

    @EachScheduler
    void connecting_where_nobody_listens_fails_and_names_the_address(String scheduler) throws Exception {
        Network network = Network.on(on(scheduler));
        TcpListener listener = network.listen(ANY_PORT);
        SocketAddress address = listener.localAddress();
        listener.close();
        assertThatThrownBy(() -> network.connect(address).await(LONG))
                .isInstanceOf(java.net.ConnectException.class)
                .hasMessageContaining(address.toString());
    }

    @EachScheduler
    void connecting_gives_up_when_its_time_is_over(String scheduler) throws Exception {
        Network network = Network.on(on(scheduler));
        List<TcpStream> streams = new ArrayList<>();
        try (TcpListener full = network.listen(ANY_PORT, 1)) {
            // The queue of a listener that accepts nothing fills, and then the system ignores further clients.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            streams.add(network.connect(full.localAddress(), Duration.ofMillis(200)).await(LONG));
                        }
                    })
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
        } finally {
            for (TcpStream stream : streams) {
                stream.close();
            }
        }
    }

    @EachScheduler
    void connecting_to_a_full_unix_domain_listener_waits_for_room(String scheduler, @TempDir Path folder)
            throws Exception {
        AsyncRuntime runtime = on(scheduler);
        Network network = Network.on(runtime);
        List<Task<TcpStream>> clients = new ArrayList<>();
        Path path = folder.resolve(scheduler);
        try (TcpListener full = network.listen(UnixDomainSocketAddress.of(path), 1)) {
            for (int i = 0; i < 10; i++) {
                clients.add(runtime.spawn(network.connect(full.localAddress())));
            }
            for (int i = 0; i < clients.size(); i++) {
                try (TcpStream server = full.accept().await(LONG)) {
                    server.writeString("hello").await(LONG);
                }
            }
            for (Task<TcpStream> client : clients) {
                try (TcpStream stream = client.await(LONG)) {
                    assertThat(stream.readString(10).await(LONG)).isEqualTo("hello");
                }
            }
        }
        assertThat(Files.exists(path)).as("the file stays behind").isTrue();
    }

    @EachScheduler
    void host_names_are_resolved_before_connecting(String scheduler) throws Exception {
        Network network = Network.on(on(scheduler));
        assertThat(network.resolve("localhost", 80).await(LONG))
                .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80));
        try (TcpListener listener = network.listen(ANY_PORT)) {
            int port = ((InetSocketAddress) listener.localAddress()).getPort();
            network.connect(InetSocketAddress.createUnresolved("localhost", port)).await(LONG).close();
        }
        assertThatThrownBy(() -> network.resolve("no-such-host.invalid", 80).await(LONG))
                .isInstanceOf(java.net.UnknownHostException.class);
    }

    @EachScheduler
    void options_are_those_of_the_socket(String scheduler) throws Exception {
        try (Pair pair = Pair.on(on(scheduler))) {
            pair.client.noDelay(true);
            pair.client.keepAlive(true);
            assertThat(pair.client.noDelay()).isTrue();
            assertThat(pair.client.keepAlive()).isTrue();
            assertThat(pair.client.remoteAddress()).isEqualTo(pair.server.localAddress());
        }
    }

    @EachScheduler
    void a_pollable_of_ours_completes_on_a_foreign_executor(String scheduler) throws Exception {
        try (Pair pair = Pair.on(on(scheduler))) {
            java.util.concurrent.LinkedBlockingQueue<Pollable<String>> ready =
                    new java.util.concurrent.LinkedBlockingQueue<>();
            Pollable<String> read = pair.client.readString(100);
            ready.add(read);
            Task<Void> writing = on(scheduler).spawn(pair.server.writeString("hello").then(x -> pair.server.finish()));
            Poll<String> poll = Poll.pending();
            while (!poll.isReady()) {
                Pollable<String> next = ready.poll(30, TimeUnit.SECONDS);
                assertThat(next).as("woken in time").isNotNull();
                poll = next.poll(() -> ready.add(read));
            }
            assertThat(poll.value()).isEqualTo("hello");
            writing.await(LONG);
        }
    }
}
