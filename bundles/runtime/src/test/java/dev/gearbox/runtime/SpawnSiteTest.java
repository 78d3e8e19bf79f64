package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.TaskInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where tasks were spawned; the classes here belong to the core by their package, so JUnit is the user. */
class SpawnSiteTest {
    private static RuntimeConfiguration recording(boolean record) {
        return new RuntimeConfiguration(100, 100, null, 100, record);
    }

    private static List<Optional<String>> sites(RuntimeCore core) {
        return core.admin().tasks().stream()
                .sorted(Comparator.comparingLong(TaskInfo::id))
                .map(task -> task.spawnedAt().map(StackTraceElement::getClassName))
                .toList();
    }

    @Test
    void they_are_recorded_only_while_that_is_switched_on() {
        try (RuntimeCore core = new RuntimeCore(recording(false))) {
            OwnedRuntime before = core.owner("before");
            before.spawn(() -> 1);
            core.configure(recording(true));
            before.task().name("named").spawn(() -> 2);
            core.owner("after").spawn(() -> 3);
            core.configure(recording(false));
            before.spawn(() -> 4);
            List<Optional<String>> sites = sites(core);
            assertThat(sites.get(0)).isEmpty();
            assertThat(sites.get(1)).get().asString().startsWith("org.junit.");
            assertThat(core.admin().tasks()).anyMatch(task -> task.name().equals("named"));
            assertThat(sites.stream().flatMap(Optional::stream)).hasSize(2);
        }
    }

    @Test
    void a_stopped_owner_stays_stopped_whatever_is_configured() {
        try (RuntimeCore core = new RuntimeCore(recording(true))) {
            OwnedRuntime owner = core.owner("owner");
            owner.close();
            core.configure(recording(false));
            core.configure(recording(true));
            assertThatThrownBy(() -> owner.spawn(() -> 1)).isInstanceOf(IllegalStateException.class);
        }
    }
}
