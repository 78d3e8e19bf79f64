package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.itest.client.StubbornClient;
import dev.gearbox.net.Network;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads of ours end with our bundles, and a task that is stuck holds up its own thread only. */
class ThreadsTest {
    @RegisterExtension
    final Container container = new Container();

    @Test
    void no_thread_of_ours_is_left_when_our_bundles_have_stopped() throws Exception {
        for (String scheduler : Gears.ALL) {
            container.admin().use(scheduler);
            try (Fleet fleet = Fleet.launch(container.runtime(), container.service(Network.class), 8)) {
                fleet.finish();
            }
        }
        assertThat(threads()).isNotEmpty();
        container.stop(container.ours());
        awaitNoThreads();
    }

    @Gears.Each
    void a_stuck_task_does_not_hold_the_stop_and_its_thread_ends_when_it_returns(String scheduler) throws Exception {
        container.admin().use(scheduler);
        try (ClientBundle client =
                ClientBundle.start(container.context(), "itest.stuck", StubbornClient.class)) {
            Runnable release = client.service(Runnable.class);
            try {
                CompletableFuture.runAsync(this::stopOurs)
                        .get(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS);
                assertThat(threads()).as("the stuck one").isNotEmpty();
            } finally {
                release.run();
            }
            awaitNoThreads();
        }
    }

    private void stopOurs() {
        try {
            container.stop(container.ours());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitNoThreads() throws Exception {
        Eventually.await(() -> "the end of " + threads(), () -> threads().isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("gearbox")).toList();
    }
}
