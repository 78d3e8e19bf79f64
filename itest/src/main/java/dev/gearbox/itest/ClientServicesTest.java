package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gearbox.TaskInfo;
import dev.gearbox.itest.client.UsingServices;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Network and FileSystem start for a bundle belongs to that bundle. */
class ClientServicesTest {
    @RegisterExtension
    final Container container = new Container();

    private ClientBundle client;

    @BeforeEach
    void startClient() throws Exception {
        client = ClientBundle.start(container.context(), "itest.using", UsingServices.class);
    }

    @AfterEach
    void uninstallClient() throws Exception {
        client.close();
    }

    @Test
    void a_listener_is_closed_when_the_bundle_that_opened_it_stops() throws Exception {
        int port = client.service(IntSupplier.class).getAsInt();
        connect(port);
        client.stop();
        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_file_is_read_in_a_task_of_the_bundle_that_reads_it(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(makePipe(pipe), "needs named pipes");
        @SuppressWarnings("unchecked")
        Consumer<Path> reader = client.service(Consumer.class);
        reader.accept(pipe); // blocks in its task until somebody opens the other end
        Eventually.await(() -> "a running task: " + container.tasksOf(client.name()),
                () -> container.tasksOf(client.name()).stream()
                        .anyMatch(task -> task.state() == TaskInfo.State.RUNNING));
        client.stop();
        assertThat(container.tasksOf(client.name())).hasSize(1).allMatch(TaskInfo::cancelled);
        Eventually.await("the end of the read", () -> {
            new RandomAccessFile(pipe.toFile(), "rw").close();
            return container.tasksOf(client.name()).isEmpty();
        });
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    private static boolean makePipe(Path path) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
