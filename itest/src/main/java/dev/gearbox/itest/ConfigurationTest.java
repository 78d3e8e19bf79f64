package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.net.Network;
import dev.gearbox.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.ServiceReference;

/** Configuration is taken in place, with tasks in flight; wrong values are refused and named. */
class ConfigurationTest {
    @RegisterExtension
    final Container container = new Container();

    @Test
    void a_limit_is_taken_in_place_and_its_refusal_names_it() throws Exception {
        AsyncRuntime runtime = container.runtime();
        List<Task<?>> before = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            before.add(runtime.spawn(Pollable.never()));
        }
        container.configurations().set(Container.RUNTIME, Map.of("maxTasksPerBundle", 10));
        Eventually.await("the limit", () -> isRefused(runtime));
        assertThatThrownBy(() -> spawnUntilRefused(runtime)).isInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll("dev.gearbox.itest", "10", "maxTasksPerBundle");
        assertThat(before).noneMatch(Task::isDone);
        container.configurations().deleteAll();
        Eventually.await("the limit is gone", () -> !isRefused(runtime));
        before.forEach(Task::cancel);
    }

    private static boolean isRefused(AsyncRuntime runtime) {
        try {
            spawnUntilRefused(runtime);
            return false;
        } catch (RejectedExecutionException refused) {
            return true;
        }
    }

    /** Spawns more tasks than there may be free places that were admitted before. */
    private static void spawnUntilRefused(AsyncRuntime runtime) {
        List<Task<?>> tasks = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                tasks.add(runtime.spawn(Pollable.never()));
            }
        } finally {
            tasks.forEach(Task::cancel);
        }
    }

    @Test
    void a_wrong_limit_is_refused_with_pid_key_and_range_and_the_old_one_stays() throws Exception {
        AsyncRuntime runtime = container.runtime();
        try (LogCapture log = new LogCapture()) {
            container.configurations().set(Container.RUNTIME, Map.of("maxTasks", 0, "scheduler", Gears.CLASSIC));
            log.awaitWarning(Container.RUNTIME, "maxTasks", "0", "from 1 to");
        }
        assertThat(container.admin().inGear()).as("none of the values is taken").contains(Gears.ADAPTIVE);
        assertThat(runtime.spawn(() -> 1).await(Eventually.DEADLINE)).isEqualTo(1);
    }

    @Test
    void a_value_that_is_no_number_is_refused_and_the_runtime_stays() throws Exception {
        AsyncRuntime runtime = container.runtime();
        container.configurations().set(Container.RUNTIME, Map.of("maxTasks", "many", "scheduler", "steam"));
        container.configurations().set(Container.RUNTIME, Map.of("scheduler", Gears.CLASSIC));
        container.awaitGear(Gears.CLASSIC);
        assertThat(container.runtime()).isSameAs(runtime);
        assertThat(runtime.spawn(() -> 1).await(Eventually.DEADLINE)).isEqualTo(1);
    }

    @Test
    void a_scheduler_takes_configuration_in_place_and_refuses_wrong_values() throws Exception {
        container.admin().use(Gears.CLASSIC);
        ServiceReference<Scheduler> classic = container.scheduler(Gears.CLASSIC).orElseThrow();
        try (Fleet fleet = Fleet.launch(container.runtime(), container.service(Network.class), 4);
                LogCapture log = new LogCapture()) {
            container.configurations().set(Container.CLASSIC, Map.of("workers", 3, "mark", "valid"));
            awaitProperty(classic, "valid");
            fleet.awaitProgress("three workers");
            container.configurations().set(Container.CLASSIC, Map.of("workers", 5000, "mark", "wrong"));
            log.awaitWarning(Container.CLASSIC, "workers", "5000", "0 to 1024");
            fleet.awaitProgress("a wrong configuration");
            assertThat(container.scheduler(Gears.CLASSIC)).contains(classic);
            assertThat(container.admin().inGear()).contains(Gears.CLASSIC);
            fleet.finish();
        }
    }

    private static void awaitProperty(ServiceReference<?> reference, String mark) throws Exception {
        Eventually.await("the configuration " + mark, () -> mark.equals(reference.getProperty("mark")));
    }
}
