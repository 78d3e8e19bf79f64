package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.Task;
import dev.gearbox.TaskInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without a scheduler, tasks are held, and one can see it. */
class NeutralGearTest {
    @RegisterExtension
    final Container container = new Container();

    private AsyncRuntime runtime;
    private RuntimeAdmin admin;

    @BeforeEach
    void stopSchedulers() throws Exception {
        runtime = container.runtime();
        admin = container.admin();
        container.stop(Container.ADAPTIVE);
        container.stop(Container.CLASSIC);
        container.awaitGear(null);
    }

    @Test
    void tasks_are_held_and_run_once_when_a_scheduler_starts() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        int heldBefore = admin.statistics().held();
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tasks.add(runtime.spawn(runs::incrementAndGet));
        }
        assertThat(admin.schedulers()).isEmpty();
        assertThat(admin.statistics().held()).isGreaterThanOrEqualTo(heldBefore + 100);
        assertThat(runtime.tasks()).hasSize(100).allMatch(task -> task.state() == TaskInfo.State.QUEUED);
        assertThat(runs).hasValue(0);
        container.start(Container.CLASSIC);
        for (Task<?> task : tasks) {
            task.await(Eventually.DEADLINE);
        }
        assertThat(runs).hasValue(100);
        assertThat(admin.inGear()).contains(Gears.CLASSIC);
        assertThat(admin.statistics().held()).isZero();
    }

    @Test
    void a_sleep_that_is_over_meanwhile_is_held_too() throws Exception {
        Task<Void> task = runtime.spawn(runtime.sleep(Duration.ofMillis(1)));
        runtime.blockOn(runtime.sleep(Duration.ofMillis(5)));
        assertThat(task.isDone()).isFalse();
        container.start(Container.ADAPTIVE);
        task.await(Eventually.DEADLINE);
    }

    @Test
    void a_thread_that_waits_for_a_held_task_is_reported_with_its_stack() throws Exception {
        Task<Integer> task = runtime.task().name("waited-for").spawn(() -> 1);
        CompletableFuture<Integer> result = new CompletableFuture<>();
        try (LogCapture log = new LogCapture()) {
            Thread thread = new Thread(() -> waitForHeldTask(task, result), "waiting-in-neutral");
            thread.start();
            log.awaitWarning("no scheduler in gear", "waiting-in-neutral", "waited-for", "waitForHeldTask");
        }
        container.start(Container.CLASSIC);
        assertThat(result.get(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    }

    private static void waitForHeldTask(Task<Integer> task, CompletableFuture<Integer> result) {
        try {
            result.complete(task.await());
        } catch (Exception failure) {
            result.completeExceptionally(failure);
        }
    }
}
