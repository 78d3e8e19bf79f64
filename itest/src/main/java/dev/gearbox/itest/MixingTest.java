package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.fs.FileSystem;
import dev.gearbox.net.Network;
import dev.gearbox.net.TcpListener;
import dev.gearbox.net.TcpStream;
import dev.gearbox.sync.AsyncMutex;
import dev.gearbox.sync.Channel;
import dev.gearbox.sync.OneShot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pollables and executors of different houses work together: all that they share is the waker. */
class MixingTest {
    @RegisterExtension
    final Container container = new Container();

    private final ForeignExecutor foreign = new ForeignExecutor();
    private AsyncRuntime runtime;

    @BeforeEach
    void lookUp() throws Exception {
        runtime = container.runtime();
    }

    @AfterEach
    void close() {
        foreign.close();
    }

    @Test
    void a_sleep_completes_on_a_foreign_executor_and_not_early() throws Exception {
        long due = System.nanoTime() + Duration.ofMillis(20).toNanos();
        get(foreign.run(runtime.sleep(Duration.ofMillis(20))));
        assertThat(System.nanoTime() - due).isNotNegative();
    }

    @Test
    void a_timeout_completes_on_a_foreign_executor() {
        assertThat(foreign.run(runtime.timeout(Pollable.never(), Duration.ofMillis(5))))
                .failsWithin(Eventually.DEADLINE).withThrowableThat()
                .withRootCauseInstanceOf(java.util.concurrent.TimeoutException.class);
    }

    @Test
    void accept_connect_read_and_write_complete_on_a_foreign_executor() throws Exception {
        Network network = container.service(Network.class);
        try (TcpListener listener = network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<TcpStream> accepted = foreign.run(listener.accept());
            try (TcpStream near = get(foreign.run(network.connect(listener.localAddress())));
                    TcpStream far = get(accepted)) {
                ByteBuffer buffer = ByteBuffer.allocate(5);
                CompletableFuture<Void> read = foreign.run(far.readExact(buffer));
                get(foreign.run(near.writeString("hello")));
                get(read);
                assertThat(new String(buffer.array(), java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("hello");
            }
        }
    }

    @Test
    void a_channel_a_one_shot_and_a_mutex_complete_on_a_foreign_executor() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        OneShot<String> oneShot = new OneShot<>();
        AsyncMutex mutex = new AsyncMutex();
        AsyncMutex.Guard guard = mutex.lock().await();
        CompletableFuture<Integer> received = foreign.run(channel.receiver().receive());
        CompletableFuture<String> answer = foreign.run(oneShot);
        CompletableFuture<AsyncMutex.Guard> locked = foreign.run(mutex.lock());
        channel.sender().send(7).await();
        oneShot.sender().send("seven");
        assertThat(get(received)).isEqualTo(7);
        assertThat(get(answer)).isEqualTo("seven");
        assertThat(locked).isNotDone();
        guard.close();
        get(locked).close();
    }

    @Test
    void a_file_is_read_on_a_foreign_executor(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "contents");
        assertThat(get(foreign.run(container.service(FileSystem.class).readString(file)))).isEqualTo("contents");
    }

    @Gears.Each
    void a_task_completes_on_a_foreign_executor(String scheduler) throws Exception {
        Task<Integer> task = runtime.pinnedTo(scheduler).spawn(runtime.sleep(Duration.ofMillis(5)).map(nothing -> 42));
        assertThat(get(foreign.run(task))).isEqualTo(42);
    }

    @Gears.Each
    void a_foreign_pollable_completes_in_both_styles(String scheduler) throws Exception {
        AsyncRuntime pinned = runtime.pinnedTo(scheduler);
        CompletableFuture<String> future = new CompletableFuture<>();
        Task<String> polled = pinned.spawn(of(future));
        Task<String> direct = pinned.spawn(() -> of(future).await());
        Thread completer = new Thread(() -> future.complete("done"));
        completer.start();
        assertThat(polled.await(Eventually.DEADLINE)).isEqualTo("done");
        assertThat(direct.await(Eventually.DEADLINE)).isEqualTo("done");
        completer.join();
    }

    /** A pollable that knows nothing of Gearbox but the waker it is given. */
    private static <T> Pollable<T> of(CompletableFuture<T> future) {
        return waker -> {
            if (future.isDone()) {
                return Poll.ready(future.get());
            }
            future.whenComplete((value, failure) -> waker.wake());
            return Poll.pending();
        };
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }
}
