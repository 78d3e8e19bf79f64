package dev.gearbox.compare.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.compare.RealGears;
import dev.gearbox.compare.RecordedRound;
import dev.gearbox.compare.Scenario;
import dev.gearbox.compare.TwoGears;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource({"classic, SLEEP", "adaptive, SLEEP", "classic, SOCKET", "adaptive, SOCKET"})
    void blocking_hogs_leave_a_lateness_for_each_millisecond_and_one_at_rest(String scheduler, BlockingCause cause)
            throws Exception {
        RecordedRound round = measure(new AccidentalBlocking(cause), scheduler);
        assertThat(round.samples.get("lateness")).hasSize(600);
        assertThat(round.samples.get("lateness at rest")).hasSize(400);
        assertThat(Arrays.stream(round.samples.get("lateness"))).allSatisfy(late -> assertThat(late)
                .isNotNegative());
        assertThat(round.values.get("throughput")).isPositive();
        assertThat(round.values.get("block")).isGreaterThanOrEqualTo(50);
    }

    @Test
    void each_cause_has_a_scenario_of_its_own() {
        assertThat(BlockingCause.values())
                .extracting(cause -> new AccidentalBlocking(cause).name())
                .doesNotHaveDuplicates()
                .contains("accidental-blocking");
    }

    @Test
    void classic_that_is_not_hurt_makes_blocking_void() throws Exception {
        gears.admin().use("adaptive");
        RecordedRound round = new RecordedRound(gears.runtime(), gears.admin(), "classic");
        new AccidentalBlocking(BlockingCause.SLEEP).measure(round);
        double[] sorted = Arrays.stream(round.samples.get("lateness")).sorted().toArray();
        double p99 = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
        assertThat(round.voids.stream().noneMatch(reason -> reason.contains("p99")))
                .as("p99 %f", p99)
                .isEqualTo(p99 >= 100 && p99 <= 300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void computing_hogs_are_counted_with_and_without_the_probe(String scheduler) throws Exception {
        RecordedRound round = measure(new CpuHog(), scheduler);
        assertThat(round.samples.get("lateness")).hasSize(900);
        double beside = round.values.get("throughput");
        double alone = round.values.get("throughput without probe");
        assertThat(round.values.get("throughput loss")).isEqualTo(100 * (1 - beside / alone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void a_task_that_computes_must_not_be_taken_over(String scheduler) throws Exception {
        RecordedRound round = measure(new ShortComputations(24), scheduler);
        assertThat(round.values.get("throughput")).isPositive();
        assertThat(round.violations.isEmpty()).isEqualTo(round.values.get("false takeovers") == 0);
    }

    @Test
    void hand_overs_of_tasks_that_compute_are_a_violation() throws Exception {
        try (TwoGears twoGears = new TwoGears(3)) {
            RecordedRound round = new RecordedRound(twoGears.runtime(), twoGears.admin(), "blue");
            new ShortComputations(6).measure(round);
            assertThat(round.values).containsEntry("false takeovers", 3.0);
            assertThat(round.violations).singleElement().satisfies(reason -> assertThat(reason).startsWith("3 times"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void all_tasks_of_a_flood_end_within_the_bounds(String scheduler) throws Exception {
        RecordedRound round = measure(new BlockingFlood(10_000), scheduler);
        assertThat(round.violations).isEmpty();
        assertThat(round.values.get("duration")).isPositive();
        assertThat(round.values.get("threads at most")).isGreaterThan(Runtime.getRuntime().availableProcessors());
        assertThat(round.notes).hasSize(scheduler.equals("classic") ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void an_echo_server_is_watched_at_a_low_rate_and_beside_a_full_load(String scheduler) throws Exception {
        RecordedRound round = measure(new EchoLowRate(), scheduler);
        assertThat(round.voids.isEmpty()).isEqualTo(round.values.containsKey("time until all processors run"));
        assertThat(round.values.get("requests")).isPositive();
        assertThat(round.values)
                .containsKeys(
                        "threads running at most",
                        "steals",
                        "wakes of parked threads",
                        "time until one thread runs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "adaptive"})
    void the_rest_after_a_load_is_watched_by_the_counts_of_each_part(String scheduler) throws Exception {
        RecordedRound round = measure(new Idle(1, 50), scheduler);
        assertThat(round.values)
                .containsKeys(
                        "wake-ups of workers",
                        "wake-ups of the monitor",
                        "wake-ups of the reactor",
                        "wake-ups of the timers");
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
