package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.RuntimeAdmin;
import dev.gearbox.net.Network;
import dev.gearbox.spi.Scheduler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The gear changes with tasks of all kinds in flight, and none of them is lost or doubled. */
class SwapUnderLoadTest {
    private static final int EACH = 12;

    @RegisterExtension
    final Container container = new Container();

    private RuntimeAdmin admin;
    private Fleet fleet;

    @BeforeEach
    void launch() throws Exception {
        admin = container.admin();
        fleet = Fleet.launch(container.runtime(), container.service(Network.class), EACH);
    }

    @AfterEach
    void close() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
    }

    @Test
    void by_stopping_and_starting_bundles() throws Exception {
        for (int round = 1; round <= 2; round++) {
            container.stop(Container.ADAPTIVE);
            assertGear(Gears.CLASSIC, "stop of adaptive, round " + round);
            container.start(Container.ADAPTIVE);
            assertGear(Gears.ADAPTIVE, "start of adaptive, round " + round);
            container.stop(Container.CLASSIC);
            assertGear(Gears.ADAPTIVE, "stop of classic, round " + round);
            container.start(Container.CLASSIC);
        }
        fleet.finish();
    }

    @Test
    void by_service_ranking_through_configuration_admin() throws Exception {
        ServiceReference<Scheduler> classic = container.scheduler(Gears.CLASSIC).orElseThrow();
        int low = Container.ranking(classic);
        int high = Container.ranking(container.scheduler(Gears.ADAPTIVE).orElseThrow()) + 10;
        for (int round = 1; round <= 5; round++) {
            container.configurations().set(Container.CLASSIC, Map.of(Constants.SERVICE_RANKING, high));
            assertGear(Gears.CLASSIC, "higher ranking, round " + round);
            container.configurations().set(Container.CLASSIC, Map.of(Constants.SERVICE_RANKING, low));
            assertGear(Gears.ADAPTIVE, "lower ranking, round " + round);
        }
        assertThat(container.scheduler(Gears.CLASSIC)).as("the registration stays").contains(classic);
        fleet.finish();
    }

    @Test
    void by_pinning() throws Exception {
        for (int round = 1; round <= 20; round++) {
            for (String label : List.of(Gears.CLASSIC, Gears.ADAPTIVE)) {
                admin.use(label);
                assertGear(label, "pin of " + label + ", round " + round);
            }
        }
        fleet.finish();
    }

    @Test
    void by_pinning_through_configuration_admin() throws Exception {
        for (int round = 1; round <= 5; round++) {
            for (String label : List.of(Gears.CLASSIC, Gears.ADAPTIVE)) {
                container.configurations().set(Container.RUNTIME, Map.of("scheduler", label));
                assertGear(label, "configured " + label + ", round " + round);
            }
        }
        fleet.finish();
    }

    @Test
    void faster_than_the_tasks_can_follow() throws Exception {
        for (int round = 1; round <= 300; round++) {
            admin.use(round % 2 == 0 ? Gears.ADAPTIVE : Gears.CLASSIC);
        }
        fleet.awaitProgress("300 changes");
        fleet.finish();
    }

    @Test
    void through_neutral_gear() throws Exception {
        for (int round = 1; round <= 2; round++) {
            container.stop(Container.ADAPTIVE);
            container.stop(Container.CLASSIC);
            container.awaitGear(null);
            container.start(round == 1 ? Container.CLASSIC : Container.ADAPTIVE);
            assertGear(round == 1 ? Gears.CLASSIC : Gears.ADAPTIVE, "neutral gear");
        }
        fleet.finish();
    }

    private void assertGear(String label, String when) throws Exception {
        container.awaitGear(label);
        assertThat(Container.runsOn(container.runtime())).as(when).isEqualTo(label);
        fleet.awaitProgress(when);
    }
}
