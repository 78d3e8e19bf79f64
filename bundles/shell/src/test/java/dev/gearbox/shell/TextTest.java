package dev.gearbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({"0, 0.0 µs", "3200, 3.2 µs", "999000, 999 µs", "1000000, 1.0 ms", "52000000, 52 ms", "12345678901, 12 s"})
    void a_duration_has_the_unit_that_suits_it(long nanos, String text) {
        assertThat(Text.of(Duration.ofNanos(nanos))).isEqualTo(text);
    }
}
