package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Task;
import dev.gearbox.net.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reactor and timers are replaced under load: what waits goes on, and no sleep ends early. */
class EventSourcesTest {
    private static final int EACH = 10;

    @RegisterExtension
    final Container container = new Container();

    @Gears.Each
    void sleeps_and_reads_go_on_when_reactor_and_timers_are_restarted(String scheduler) throws Exception {
        container.admin().use(scheduler);
        AsyncRuntime runtime = container.runtime();
        try (Fleet fleet = Fleet.launch(runtime, container.service(Network.class), EACH)) {
            for (int round = 1; round <= 5; round++) {
                restart(Container.REACTOR);
                fleet.awaitProgress("restart of the reactor, round " + round);
                restart(Container.TIMERS);
                fleet.awaitProgress("restart of the timers, round " + round);
            }
            fleet.finish();
        }
    }

    @Gears.Each
    void sleeps_of_before_end_after_their_time_and_not_before(String scheduler) throws Exception {
        container.admin().use(scheduler);
        AsyncRuntime runtime = container.runtime();
        List<Task<Long>> lateness = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Duration duration = Duration.ofMillis(100 + 2 * i);
            long due = System.nanoTime() + duration.toNanos();
            lateness.add(runtime.spawn(runtime.sleep(duration).map(nothing -> System.nanoTime() - due)));
        }
        for (int round = 0; round < 5; round++) {
            restart(Container.TIMERS);
        }
        for (Task<Long> task : lateness) {
            assertThat(task.await(Eventually.DEADLINE)).as("nanoseconds after the deadline").isNotNegative();
        }
    }

    @Gears.Each
    void without_reactor_and_timers_what_waits_is_held_until_they_come(String scheduler) throws Exception {
        container.admin().use(scheduler);
        AsyncRuntime runtime = container.runtime();
        try (Fleet fleet = Fleet.launch(runtime, container.service(Network.class), EACH)) {
            container.stop(Container.REACTOR);
            container.stop(Container.TIMERS);
            Task<Void> sleep = runtime.spawn(runtime.sleep(Duration.ofNanos(1_000_000)));
            assertThat(runtime.spawn(() -> 1).await(Eventually.DEADLINE)).isEqualTo(1);
            assertThat(container.admin().reactor()).isEmpty();
            assertThat(container.admin().timers()).isEmpty();
            container.start(Container.TIMERS);
            container.start(Container.REACTOR);
            sleep.await(Eventually.DEADLINE);
            fleet.awaitProgress("their return");
            fleet.finish();
        }
    }

    private void restart(String bundle) throws Exception {
        container.stop(bundle);
        container.start(bundle);
    }
}
