package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.itest.client.ForeignScheduler;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose scheduler comes into gear is for the configuration to say, not for whoever registers one. */
class AcceptedSchedulersTest {
    private static final String BUNDLE = "itest.foreign";

    @RegisterExtension
    final Container container = new Container();

    @Test
    void a_scheduler_of_a_foreign_bundle_is_reported_and_does_not_take_the_engine_over() throws Exception {
        RuntimeAdmin admin = container.admin();
        try (LogCapture log = new LogCapture();
                ClientBundle foreign = ClientBundle.start(container.context(), BUNDLE, ForeignScheduler.class)) {
            log.awaitWarning(ForeignScheduler.LABEL, foreign.name(), "schedulerBundles");
            assertThat(container.scheduler(ForeignScheduler.LABEL)).isPresent();
            assertThat(admin.inGear()).contains(Gears.ADAPTIVE);
            assertThat(admin.schedulers()).extracting(SchedulerInfo::name)
                    .containsExactly(Gears.ADAPTIVE, Gears.CLASSIC);
        }
    }

    @Test
    void a_scheduler_of_a_configured_bundle_comes_into_gear_and_leaves_with_its_bundle() throws Exception {
        AsyncRuntime runtime = container.runtime();
        accept(BUNDLE);
        try (ClientBundle foreign = ClientBundle.start(container.context(), BUNDLE, ForeignScheduler.class)) {
            container.awaitGear(ForeignScheduler.LABEL);
            assertThat(runtime.spawn(() -> 1).await(Eventually.DEADLINE)).isEqualTo(1);
            foreign.stop();
            container.awaitGear(Gears.ADAPTIVE);
        }
        assertThat(runtime.spawn(() -> 2).await(Eventually.DEADLINE)).isEqualTo(2);
    }

    @Test
    void taking_a_bundle_off_the_list_takes_its_scheduler_out_of_gear() throws Exception {
        accept(BUNDLE);
        try (ClientBundle foreign = ClientBundle.start(container.context(), BUNDLE, ForeignScheduler.class)) {
            container.awaitGear(ForeignScheduler.LABEL);
            accept("itest.another");
            container.awaitGear(Gears.ADAPTIVE);
            assertThat(container.scheduler(ForeignScheduler.LABEL)).as("service of %s", foreign.name()).isPresent();
        }
    }

    @Test
    void a_second_scheduler_of_the_same_label_is_refused_and_reported() throws Exception {
        RuntimeAdmin admin = container.admin();
        accept(BUNDLE);
        try (LogCapture log = new LogCapture();
                ClientBundle foreign =
                        ClientBundle.start(container.context(), BUNDLE, ForeignScheduler.NamedClassic.class)) {
            log.awaitWarning("refused", foreign.name(), Gears.CLASSIC);
            assertThat(admin.inGear()).contains(Gears.ADAPTIVE);
            assertThat(admin.schedulers()).hasSize(2)
                    .noneMatch(scheduler -> scheduler.ranking() == ForeignScheduler.RANKING);
        }
    }

    private void accept(String bundle) throws Exception {
        container.configurations().set(Container.RUNTIME, Map.of(
                "schedulerBundles", new String[] {Container.ADAPTIVE, Container.CLASSIC, bundle}));
    }
}
