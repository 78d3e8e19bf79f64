package dev.gearbox.compare.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.compare.RealGears;
import dev.gearbox.compare.RecordedRound;
import dev.gearbox.compare.Scenario;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadScenariosTest {
    private final RealGears gears = new RealGears();

    @AfterEach
    void close() {
        gears.close();
    }

    private RecordedRound measure(Scenario scenario, String scheduler) throws Exception {
        gears.admin().use(scheduler);
        RecordedRound round = new RecordedRound(gears.runtime(), gears.admin(), scheduler);
        scenario.measure(round);
        assertThat(round.losses).isEmpty();
        return round;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void cached_files_are_read_and_compared(String scheduler) throws Exception {
        assertThat(measure(new ReadCachedFiles(), scheduler).values.get("throughput")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void blocking_hogs_leave_a_lateness_for_each_millisecond(String scheduler) throws Exception {
        RecordedRound round = measure(new AccidentalBlocking(), scheduler);
        assertThat(round.samples.get("lateness")).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(Arrays.stream(round.samples.get("lateness"))).allSatisfy(late -> assertThat(late)
                .isNotNegative());
        assertThat(round.values.get("throughput")).isPositive();
    }

    @Test
    void classic_that_is_not_hurt_makes_blocking_void() throws Exception {
        gears.admin().use("adaptive");
        RecordedRound round = new RecordedRound(gears.runtime(), gears.admin(), "classic");
        new AccidentalBlocking().measure(round);
        double[] sorted = Arrays.stream(round.samples.get("lateness")).sorted().toArray();
        double p99 = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
        assertThat(round.voids.isEmpty()).as("p99 %f", p99).isEqualTo(p99 >= 100 && p99 <= 300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void computing_hogs_are_counted_with_and_without_the_probe(String scheduler) throws Exception {
        RecordedRound round = measure(new CpuHog(), scheduler);
        assertThat(round.samples.get("lateness")).hasSizeGreaterThanOrEqualTo(1_000);
        assertThat(round.values.get("throughput")).isPositive();
        assertThat(round.values.get("throughput without probe")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void three_loads_of_http_are_measured(String scheduler) throws Exception {
        RecordedRound round = measure(new Http(), scheduler);
        assertThat(round.values)
                .containsKeys("throughput -t1 -c50", "throughput -t10 -c50", "throughput -t1 -c500")
                .hasSize(9);
        assertThat(round.notes).singleElement().satisfies(note -> assertThat(note).startsWith("http: the load comes from"));
    }
}
