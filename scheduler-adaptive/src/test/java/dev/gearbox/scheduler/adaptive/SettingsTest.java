package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration that is wrong is refused by name, and changes nothing. */
class SettingsTest {
    /** A configuration as Declarative Services would hand it over: these values, and defaults. */
    private static AdaptiveConfiguration given(Object... keysAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return (AdaptiveConfiguration) Proxy.newProxyInstance(
                AdaptiveConfiguration.class.getClassLoader(),
                new Class<?>[] {AdaptiveConfiguration.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @Test
    void the_defaults_are_allowed() {
        Settings defaults = Settings.of(given());
        assertThat(defaults).isEqualTo(Settings.defaults());
        assertThat(defaults.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @ParameterizedTest
    @CsvSource({
        "processors, -1, 0 to 1024",
        "processors, 1025, 0 to 1024",
        "maxThreads, 0, 1 to 32767",
        "maxThreads, 32768, 1 to 32767",
        "sliceMillis, 0, 1 to 10000",
        "sliceMillis, 10001, 1 to 10000",
        "keepAliveSeconds, 0, 1 to 86400",
        "keepAliveSeconds, 86401, 1 to 86400",
        "passedOverMillis, 0, 1 to 60000",
        "passedOverMillis, 60001, 1 to 60000",
        "extraBusyThreads, -1, 0 to 1024",
        "extraBusyThreads, 1025, 0 to 1024",
        "pollMillis, 0, 1 to 1000",
        "pollMillis, 1001, 1 to 1000",
        "monitorShortestMillis, 0, 1 to 10",
        "monitorShortestMillis, 11, 1 to 10", // the longest period
        "monitorLongestMillis, 0, 1 to 1000",
        "monitorLongestMillis, 1001, 1 to 1000",
        "monitorSilenceMillis, 99, 100 to 3600000",
        "monitorSilenceMillis, 3600001, 100 to 3600000",
        "reportAfterMillis, 0, 1 to 60000",
        "reportAfterMillis, 60001, 1 to 60000",
        "stacksPerSecond, -1, 0 to 1000",
        "stacksPerSecond, 1001, 0 to 1000"
    })
    void a_wrong_value_is_named_with_its_range(String key, int value, String range) {
        assertThatThrownBy(() -> Settings.of(given(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dev.gearbox.scheduler.adaptive: " + key + " is " + value + ", allowed is " + range);
    }

    @Test
    void silence_is_not_shorter_than_a_period() {
        assertThatThrownBy(() -> Settings.of(given("monitorLongestMillis", 500, "monitorSilenceMillis", 400)))
                .hasMessageContaining("monitorSilenceMillis is 400, allowed is 500 to");
    }

    @Test
    void there_are_no_more_processors_than_threads() {
        assertThat(Settings.of(given("processors", 4, "maxThreads", 3)).processors()).isEqualTo(3);
    }

    @Test
    void the_component_takes_a_good_configuration_in_place_and_keeps_the_old_one_otherwise() {
        try (AdaptiveComponent component = new AdaptiveComponent(given("maxThreads", 50))) {
            component.modified(given("processors", 1, "maxThreads", 40, "extraBusyThreads", 3));
            assertThat(component.statistics().maxThreads()).isEqualTo(40);
            assertThat(component.word.processors()).isEqualTo(1);
            assertThat(component.extraBusy()).isEqualTo(3);
            component.modified(given("maxThreads", 30, "monitorLongestMillis", 0));
            assertThat(component.statistics().maxThreads()).isEqualTo(40);
            assertThat(component.extraBusy()).isEqualTo(3);
        }
    }
}
