package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Task;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UnobservedFailuresTest {
    @Test
    void the_watching_thread_does_not_keep_the_class_loader_of_the_task_that_failed_first() throws Exception {
        try (PoolScheduler scheduler = new PoolScheduler("pool", 1);
                RuntimeCore core = new RuntimeCore();
                URLClassLoader loader = new URLClassLoader(new URL[0])) {
            core.addScheduler(1, 0, scheduler);
            Task<Void> failing = core.owner("test").spawn(() -> {
                Thread.currentThread().setContextClassLoader(loader);
                throw new IllegalStateException("expected in this test");
            });
            Optional<Thread> watching = Optional.empty();
            while (watching.isEmpty()) {
                watching = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("gearbox-unobserved-failures"))
                        .findFirst();
            }
            assertThat(failing.isDone()).isTrue();
            assertThat(watching.get().getContextClassLoader()).isNotSameAs(loader);
        }
    }
}
