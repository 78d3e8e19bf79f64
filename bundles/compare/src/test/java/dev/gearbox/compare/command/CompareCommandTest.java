package dev.gearbox.compare.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.compare.Better;
import dev.gearbox.compare.Fakes.FakeScenario;
import dev.gearbox.compare.TwoGears;
import dev.gearbox.compare.runner.ComparisonRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private final TwoGears gears = new TwoGears();
    private final FakeScenario good =
            new FakeScenario("good", round -> round.value("time", "µs", Better.LOWER, 1));
    private final FakeScenario windy = new FakeScenario("windy", round -> round.declareVoid("too windy"));
    private final FakeScenario lossy = new FakeScenario("lossy", round -> round.loss("a task is gone"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        gears.close();
    }

    private int run(String... arguments) {
        ComparisonRunner runner =
                new ComparisonRunner(gears.runtime(), gears.admin(), () -> List.of(good, windy, lossy));
        return CompareCommand.run(
                runner, directory, new PrintWriter(out), new PrintWriter(err), List.of(arguments));
    }

    @Test
    void a_comparison_that_holds_prints_the_table_and_ends_with_0() {
        assertThat(run("--quick", "--scenario", "good")).isZero();
        assertThat(out.toString()).contains("good", "blue : red");
        assertThat(err.toString()).contains("good: red, round 2/2");
        assertThat(good.diary).hasSize(4);
    }

    @Test
    void a_void_scenario_ends_with_1_and_the_reason() {
        assertThat(run("--scenario", "windy", "--scenario", "good")).isEqualTo(1);
        assertThat(out.toString()).contains("PROBLEM: windy on red: void: too windy");
        assertThat(good.diary).isNotEmpty();
    }

    @Test
    void a_lost_task_ends_with_1_and_the_reason() {
        assertThat(run("--scenario", "lossy")).isEqualTo(1);
        assertThat(out.toString()).contains("PROBLEM: lossy on red: loss: a task is gone");
    }

    @Test
    void an_unknown_scenario_ends_with_2_and_the_names() {
        assertThat(run("--scenario", "goood")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no scenario named 'goood'", "Usage:", "good", "windy", "lossy");
        assertThat(good.diary).isEmpty();
    }

    @Test
    void a_wrong_option_ends_with_2_and_the_usage() {
        assertThat(run("--quik")).isEqualTo(2);
        assertThat(err.toString()).contains("--quik", "Usage: gearbox compare", "--scenario=NAME");
        assertThat(run("--json")).isEqualTo(2);
    }

    @Test
    void a_file_that_cannot_be_written_is_refused_before_anything_runs() {
        assertThat(run("--json", "missing/report.json")).isEqualTo(2);
        assertThat(err.toString()).contains("--json: there is no directory");
        assertThat(run("--html", ".")).isEqualTo(2);
        assertThat(good.diary).isEmpty();
    }

    @Test
    void files_are_written_where_they_are_wanted() throws Exception {
        assertThat(run("--scenario", "good", "--json", "a.json", "--html", "a.html")).isZero();
        assertThat(Files.readString(directory.resolve("a.json"))).contains("\"results\"");
        assertThat(Files.readString(directory.resolve("a.html"))).startsWith("<!DOCTYPE html>");
    }

    @Test
    void help_lists_options_and_scenarios() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--quick", "does what the test wants");
    }
}
