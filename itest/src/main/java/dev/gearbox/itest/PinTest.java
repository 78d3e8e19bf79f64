package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.Task;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pin is never silently broken, and neutral gear holds tasks in plain sight. */
class PinTest {
    @RegisterExtension
    final Container container = new Container();

    @Test
    void a_pinned_scheduler_that_goes_away_means_neutral_gear_until_it_comes_back() throws Exception {
        RuntimeAdmin admin = container.admin();
        admin.use(Gears.CLASSIC);
        container.stop(Container.CLASSIC);
        container.awaitGear(null);
        assertThat(admin.pinned()).contains(Gears.CLASSIC);
        assertThat(admin.schedulers()).extracting(SchedulerInfo::name).containsExactly(Gears.ADAPTIVE);
        Task<Integer> held = container.runtime().spawn(() -> 1);
        assertThat(held.isDone()).isFalse();
        container.start(Container.CLASSIC);
        assertThat(held.await(Eventually.DEADLINE)).isEqualTo(1);
        assertThat(admin.inGear()).contains(Gears.CLASSIC);
    }

    @Test
    void auto_takes_the_pin_away() throws Exception {
        RuntimeAdmin admin = container.admin();
        admin.use(Gears.CLASSIC);
        assertThat(admin.inGear()).contains(Gears.CLASSIC);
        admin.useAuto();
        assertThat(admin.inGear()).contains(Gears.ADAPTIVE);
        assertThat(admin.pinned()).isEmpty();
    }

    @Test
    void auto_takes_a_configured_pin_away_too() throws Exception {
        container.configurations().set(Container.RUNTIME, Map.of("scheduler", Gears.CLASSIC));
        container.awaitGear(Gears.CLASSIC);
        container.admin().useAuto();
        assertThat(container.admin().inGear()).contains(Gears.ADAPTIVE);
    }

    @Test
    void a_name_that_is_not_there_is_refused_and_changes_nothing() throws Exception {
        RuntimeAdmin admin = container.admin();
        assertThatThrownBy(() -> admin.use("steam")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("steam", Gears.CLASSIC, Gears.ADAPTIVE);
        assertThat(admin.pinned()).isEmpty();
        assertThat(admin.inGear()).contains(Gears.ADAPTIVE);
    }

    @Test
    void a_configured_scheduler_that_is_not_there_means_neutral_gear() throws Exception {
        container.configurations().set(Container.RUNTIME, Map.of("scheduler", "steam"));
        container.awaitGear(null);
        assertThat(container.admin().pinned()).contains("steam");
    }

    @Test
    void a_pinned_view_keeps_to_its_scheduler_whatever_is_in_gear() throws Exception {
        AsyncRuntime runtime = container.runtime();
        AsyncRuntime onClassic = runtime.pinnedTo(Gears.CLASSIC);
        AsyncRuntime onAdaptive = runtime.pinnedTo(Gears.ADAPTIVE);
        for (String inGear : Gears.ALL) {
            container.admin().use(inGear);
            assertThat(Container.runsOn(runtime)).isEqualTo(inGear);
            assertThat(Container.runsOn(onClassic)).isEqualTo(Gears.CLASSIC);
            assertThat(Container.runsOn(onAdaptive)).isEqualTo(Gears.ADAPTIVE);
        }
    }

    @Test
    void tasks_of_a_pinned_view_are_held_while_its_scheduler_is_absent() throws Exception {
        AsyncRuntime onClassic = container.runtime().pinnedTo(Gears.CLASSIC);
        container.stop(Container.CLASSIC);
        Task<Integer> held = onClassic.spawn(() -> 1);
        assertThat(Container.runsOn(container.runtime())).isEqualTo(Gears.ADAPTIVE);
        assertThat(held.isDone()).isFalse();
        container.start(Container.CLASSIC);
        assertThat(held.await(Eventually.DEADLINE)).isEqualTo(1);
    }
}
