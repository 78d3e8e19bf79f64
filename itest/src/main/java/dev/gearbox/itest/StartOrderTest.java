package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.fs.FileSystem;
import dev.gearbox.net.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/** Our bundles stop and start in any order. */
class StartOrderTest {
    @RegisterExtension
    final Container container = new Container();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void stopped_and_started_in_any_order_all_services_come_back_and_tasks_run(long seed) throws Exception {
        Random random = new Random(seed);
        List<Bundle> order = new ArrayList<>(container.ours());
        Collections.shuffle(order, random);
        container.stop(order);
        assertThat(order).as("seed %d", seed).allMatch(bundle -> bundle.getState() == Bundle.RESOLVED);
        Collections.shuffle(order, random);
        container.start(order);
        assertThat(order).as("seed %d", seed).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
        container.awaitReady();
        assertThat(container.service(Network.class)).isNotNull();
        assertThat(container.service(FileSystem.class)).isNotNull();
        AsyncRuntime runtime = container.runtime();
        assertThat(runtime.spawn(() -> runtime.sleep(Duration.ofMillis(1)).map(nothing -> seed).await())
                .await(Eventually.DEADLINE)).isEqualTo(seed);
    }
}
