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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThatThrownBy(() -> spawnUntilRefused(runtime)).isInstanceOf(RejectedExecutionException.class)
                .hasMessageContainingAll("dev.gearbox.itest", "10", "maxTasksPerBundle");
        assertThat(before).noneMatch(Task::isDone);
        container.configurations().deleteAll();
        assertThat(isRefused(runtime)).as("the limit is still there").isFalse();
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
    void the_number_of_reports_has_a_range_and_spawn_sites_are_recorded_on_demand() throws Exception {
        AsyncRuntime runtime = container.runtime();
        try (LogCapture log = new LogCapture()) {
            container.configurations().set(Container.RUNTIME, Map.of("keptReports", 0, "recordSpawnSites", true));
            log.awaitWarning(Container.RUNTIME, "keptReports", "0", "from 1 to 10000");
        }
        try (Task<?> unknown = runtime.spawn(Pollable.never())) {
            assertThat(unknown.info().spawnedAt()).as("none of the values is taken").isEmpty();
            unknown.cancel();
        }
        container.configurations().set(Container.RUNTIME, Map.of("keptReports", 1, "recordSpawnSites", true));
        try (Task<?> known = runtime.spawn(Pollable.never())) {
            assertThat(known.info().spawnedAt()).get().asString().contains("ConfigurationTest");
            known.cancel();
        }
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

    @ParameterizedTest
    @CsvSource({"classic,dev.gearbox.scheduler.classic,workers", "adaptive,dev.gearbox.scheduler.adaptive,processors"})
    void a_scheduler_takes_configuration_in_place_and_refuses_wrong_values(String label, String pid, String key)
            throws Exception {
        container.admin().use(label);
        ServiceReference<Scheduler> service = container.scheduler(label).orElseThrow();
        try (Fleet fleet = Fleet.launch(container.runtime(), container.service(Network.class), 4);
                LogCapture log = new LogCapture()) {
            container.configurations().set(pid, Map.of(key, 3));
            assertThat(service.getProperty(key)).isEqualTo(3);
            fleet.awaitProgress("three " + key);
            container.configurations().set(pid, Map.of(key, 5000));
            log.awaitWarning(pid, key, "5000", "0 to 1024");
            fleet.awaitProgress("a wrong configuration");
            assertThat(container.scheduler(label)).contains(service);
            assertThat(container.admin().inGear()).contains(label);
            fleet.finish();
        }
    }
}
