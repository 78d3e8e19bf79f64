package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedTaskListener;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.itest.client.ListeningClient;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.ServiceRegistration;

/** A listener for blocked tasks that another bundle registers, and what it may do. */
class BlockedTaskListenerTest {
    @RegisterExtension
    final Container container = new Container();

    /** Starts one with a name of its own, since reports are told once a second for each place of each bundle. */
    private ClientBundle start(String name) throws Exception {
        return ClientBundle.start(container.context(), "itest.listening." + name, ListeningClient.class);
    }

    @SuppressWarnings("unchecked")
    private static BlockingQueue<String> notes(ClientBundle client) {
        return client.service(BlockingQueue.class);
    }

    private static String note(ClientBundle client) throws InterruptedException {
        return notes(client).poll(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked")
    private static void setManner(ClientBundle client, String manner) {
        client.service(AtomicReference.class).set(manner);
    }

    private static boolean hasThread(ClientBundle client) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("gearbox-reports") && thread.getName().contains(client.name()));
    }

    @Test
    void it_is_told_of_a_task_that_blocks_with_its_bundle_and_place() throws Exception {
        container.admin().use(Gears.ADAPTIVE);
        try (ClientBundle client = start("told");
                LogCapture log = new LogCapture()) {
            client.service(Runnable.class).run();
            assertThat(note(client)).isEqualTo(client.name() + " at blockUntilNoted");
            log.awaitWarning(client.name(), "blocked its thread", "ListeningClient.blockUntilNoted");
            RuntimeAdmin admin = container.admin();
            assertThat(admin.blockedTasks()).anyMatch(report -> report.task().owner().equals(client.name()));
            assertThat(admin.blockedCallSites()).anyMatch(site -> site.owner().equals(client.name()));
        }
    }

    @Gears.Each
    void one_that_throws_is_told_again_and_named_in_the_log(String scheduler) throws Exception {
        container.admin().use(scheduler);
        try (ClientBundle client = start(scheduler);
                LogCapture log = new LogCapture()) {
            setManner(client, "throw");
            for (int place = 1; place <= 3; place++) {
                client.service(Callable.class).call();
                assertThat(note(client)).isEqualTo(client.name() + " at place" + place);
            }
            log.awaitWarning("listener for blocked tasks failed", client.name(), "ListeningClient.blocked");
        }
    }

    @Test
    void one_that_blocks_keeps_neither_the_others_waiting_nor_the_stop_of_our_bundles() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        BlockedTaskListener other = (report, leftOut) -> told.add(report.task().owner());
        ServiceRegistration<?> registration =
                container.context().registerService(BlockedTaskListener.class, other, null);
        try (ClientBundle client = start("blocking")) {
            setManner(client, "block");
            for (int place = 1; place <= 3; place++) {
                client.service(Callable.class).call();
                assertThat(told.poll(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(client.name());
            }
            assertThat(note(client)).isEqualTo(client.name() + " at place1");
            assertThat(notes(client)).as("notes while it blocks").isEmpty();
            CompletableFuture.runAsync(this::stopOurs).get(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS);
            Eventually.await("its thread ends", () -> !hasThread(client));
        } finally {
            registration.unregister();
        }
    }

    private void stopOurs() {
        try {
            container.stop(container.ours());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_stop_of_its_bundle_ends_a_call_that_blocks() throws Exception {
        try (ClientBundle client = start("stopped")) {
            setManner(client, "block");
            client.service(Callable.class).call();
            note(client);
            assertThat(hasThread(client)).isTrue();
            client.stop();
            Eventually.await("its thread ends", () -> !hasThread(client));
        }
    }
}
