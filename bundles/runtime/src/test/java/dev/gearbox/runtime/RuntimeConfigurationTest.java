package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeConfigurationTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 10_001})
    void a_number_of_reports_out_of_range_is_refused(int keptReports) {
        assertThatThrownBy(() -> new RuntimeConfiguration(1, 1, null, keptReports, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dev.gearbox.runtime: keptReports = " + keptReports + ", but it must be from 1 to 10000");
    }

    @Test
    void a_limit_of_no_tasks_is_refused() {
        assertThatThrownBy(() -> new RuntimeConfiguration(0, 1, null)).hasMessageContaining("maxTasks = 0");
        assertThatThrownBy(() -> new RuntimeConfiguration(1, 0, null)).hasMessageContaining("maxTasksPerBundle = 0");
    }
}
