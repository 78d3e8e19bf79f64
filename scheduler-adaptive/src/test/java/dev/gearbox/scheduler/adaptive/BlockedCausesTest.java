package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a task blocks on, it is found, its work goes to another thread, and the report tells where it blocked. */
@Timeout(120)
class BlockedCausesTest {
    /** What releases a blocked task. */
    interface Release {
        void run() throws Exception;
    }

    private final Ledger ledger = new Ledger();
    private final AdaptiveScheduler scheduler = Schedulers.of(1, 20);

    @AfterEach
    void close() {
        scheduler.close();
        ledger.assertNoFaults();
    }

    @Test
    void a_sleep() throws Exception {
        BlockedTaskReport report = blocked(
                () -> {
                    try {
                        Thread.sleep(600_000);
                    } catch (InterruptedException released) {
                        return null;
                    }
                    return null;
                },
                () -> machineInTask().interrupt());
        assertThat(report.lock()).isEmpty();
    }

    @Test
    void a_monitor_that_is_held_elsewhere() throws Exception {
        Object monitor = new Object();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread owner = new Thread(
                () -> {
                    synchronized (monitor) {
                        held.countDown();
                        Eventually.open("the owner is released", release);
                    }
                },
                "the-owner");
        owner.start();
        Eventually.open("the monitor is held", held);
        BlockedTaskReport report = blocked(
                () -> {
                    synchronized (monitor) {
                        return null;
                    }
                },
                release::countDown);
        assertThat(report.lock().orElseThrow().lock()).startsWith("java.lang.Object@");
        assertThat(report.lock().orElseThrow().owner()).contains("the-owner");
        owner.join();
    }

    @Test
    void a_lock_that_is_held_elsewhere() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        BlockedTaskReport report = blocked(
                () -> {
                    lock.lock();
                    lock.unlock();
                    return null;
                },
                lock::unlock);
        assertThat(report.lock().orElseThrow().lock()).contains("ReentrantLock");
        assertThat(report.lock().orElseThrow().owner())
                .contains(Thread.currentThread().getName());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_read_from_a_socket() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            blocked(() -> socket.getInputStream().read(), () -> accepted.getOutputStream().write(1));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_read_from_a_socket_channel() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel channel = SocketChannel.open(
                        new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
                Socket accepted = server.accept()) {
            blocked(() -> channel.read(ByteBuffer.allocate(1)), () -> accepted.getOutputStream().write(1));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void an_accept() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            blocked(
                    () -> {
                        server.accept().close();
                        return null;
                    },
                    () -> new Socket(server.getInetAddress(), server.getLocalPort()).close());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_read_from_a_pipe() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            blocked(() -> source.read(ByteBuffer.allocate(1)), () -> sink.write(ByteBuffer.allocate(1)));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_read_from_a_process_that_says_nothing() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        try (InputStream output = process.getInputStream()) {
            blocked(output::read, process::destroy);
        } finally {
            process.destroy();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_opening_of_a_fifo_that_nobody_writes_to(@TempDir Path folder) throws Exception {
        Path fifo = fifo(folder);
        blocked(
                () -> {
                    new FileInputStream(fifo.toFile()).close();
                    return null;
                },
                () -> new RandomAccessFile(fifo.toFile(), "rw").close());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_read_from_a_fifo_that_never_delivers(@TempDir Path folder) throws Exception {
        Path fifo = fifo(folder);
        try (RandomAccessFile ends = new RandomAccessFile(fifo.toFile(), "rw")) {
            blocked(() -> Files.newInputStream(fifo).read(), () -> ends.write(1));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_native_call_that_waits() throws Exception {
        try (Selector selector = Selector.open()) {
            blocked(selector::select, selector::wakeup);
        }
    }

    private static Path fifo(Path folder) throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo");
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", fifo.toString()).start();
        } catch (IOException noSuchProgram) {
            assumeTrue(false, "no mkfifo here: " + noSuchProgram.getMessage());
            throw noSuchProgram;
        }
        assumeTrue(made.waitFor() == 0, "no fifo can be made here");
        return fifo;
    }

    /** Runs the task with others behind it, and returns what is reported of it. */
    private BlockedTaskReport blocked(Callable<?> task, Release release) throws Exception {
        CountedRun behind = ledger.empty();
        CountedRun run = ledger.run(self -> {
            behind.submit(scheduler);
            task.call();
            return null;
        });
        run.submit(scheduler);
        Eventually.until("what is behind it runs", () -> behind.ran() == 1);
        Machine machine = machineInTask();
        assertThat(machine.current()).isSameAs(run);
        assertThat(scheduler.statistics().handOvers()).isPositive();
        Eventually.until("it has lasted long enough to be reported", machine.sighting::isOpen);

        release.run();
        Eventually.until("it is reported", () -> !run.reports().isEmpty());
        ledger.settle();
        Eventually.until("its end is reported", () -> last(run).ended());
        BlockedTaskReport report = last(run);
        assertThat(report.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(report.action()).isEqualTo(Action.HANDED_OVER);
        assertThat(report.scheduler()).isEqualTo("adaptive");
        assertThat(report.thread()).isEqualTo(machine.getName());
        assertThat(report.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        assertThat(report.waiting()).isPositive();
        assertThat(report.stack()).anyMatch(frame -> frame.getClassName().startsWith(getClass().getName()));
        return report;
    }

    private static BlockedTaskReport last(CountedRun run) {
        return run.reports().get(run.reports().size() - 1);
    }

    private Machine machineInTask() {
        for (Machine machine : scheduler.machines.all()) {
            if (machine.evidence.isBusyFor(0)) {
                return machine;
            }
        }
        throw new AssertionError("no machine is in a task");
    }
}
