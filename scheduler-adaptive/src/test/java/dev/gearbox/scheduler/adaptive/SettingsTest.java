package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;

/** Configuration that is wrong is refused by name, and changes nothing. */
class SettingsTest {
    /** A configuration as Declarative Services would hand it over. */
    record Given(int processors, int maxThreads, int sliceMillis, int keepAliveSeconds, int service_ranking)
            implements AdaptiveConfiguration {
        @Override
        public Class<? extends Annotation> annotationType() {
            return AdaptiveConfiguration.class;
        }
    }

    private static final Given GOOD = new Given(2, 50, 10, 10, 10);

    @Test
    void the_defaults_are_allowed() {
        Settings defaults = Settings.of(new Given(0, 1_000, 10, 10, 10));
        assertThat(defaults).isEqualTo(Settings.defaults());
        assertThat(defaults.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void a_wrong_value_is_named_with_its_range() {
        assertThatThrownBy(() -> Settings.of(new Given(-1, 50, 10, 10, 10)))
                .hasMessage("dev.gearbox.scheduler.adaptive: processors is -1, allowed is 0 to 1024");
        assertThatThrownBy(() -> Settings.of(new Given(1, 0, 10, 10, 10))).hasMessageContaining("maxThreads is 0");
        assertThatThrownBy(() -> Settings.of(new Given(1, 1, 0, 10, 10))).hasMessageContaining("sliceMillis is 0");
        assertThatThrownBy(() -> Settings.of(new Given(1, 1, 1, 0, 10)))
                .hasMessageContaining("keepAliveSeconds is 0");
    }

    @Test
    void there_are_no_more_processors_than_threads() {
        assertThat(Settings.of(new Given(4, 3, 10, 10, 10)).processors()).isEqualTo(3);
    }

    @Test
    void the_component_takes_a_good_configuration_in_place_and_keeps_the_old_one_otherwise() {
        try (AdaptiveComponent component = new AdaptiveComponent(GOOD)) {
            component.modified(new Given(1, 40, 10, 10, 10));
            assertThat(component.statistics().maxThreads()).isEqualTo(40);
            assertThat(component.word.processors()).isEqualTo(1);
            component.modified(new Given(1, 0, 10, 10, 10));
            assertThat(component.statistics().maxThreads()).isEqualTo(40);
        }
    }
}
