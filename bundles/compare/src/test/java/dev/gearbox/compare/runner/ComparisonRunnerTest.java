package dev.gearbox.compare.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Fakes.Body;
import dev.gearbox.compare.Fakes.FakeScenario;
import dev.gearbox.compare.Latency;
import dev.gearbox.compare.Problem;
import dev.gearbox.compare.Report;
import dev.gearbox.compare.Result;
import dev.gearbox.compare.Scenario;
import dev.gearbox.compare.TwoGears;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComparisonRunnerTest {
    private final TwoGears gears = new TwoGears();
    private final List<String> progress = new ArrayList<>();

    @AfterEach
    void close() {
        gears.close();
    }

    private ComparisonRunner runner(Scenario... scenarios) {
        return new ComparisonRunner(gears.runtime(), gears.admin(), () -> List.of(scenarios));
    }

    private static FakeScenario rounds(int count, Body body) {
        return new FakeScenario("fake", body) {
            @Override
            public int rounds(boolean quick) {
                return count;
            }
        };
    }

    private Report run(Scenario... scenarios) {
        return runner(scenarios).run(List.of(), false, progress::add);
    }

    private static Body values(double... values) {
        AtomicInteger next = new AtomicInteger();
        return round -> round.value("time", "µs", Better.LOWER, values[next.getAndIncrement() % values.length]);
    }

    private static Result result(Report report, String scheduler, String metric) {
        return report.results().stream()
                .filter(one -> one.scheduler().equals(scheduler) && one.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rounds_are_interleaved_and_the_scheduler_under_test_is_in_gear() {
        FakeScenario scenario = new FakeScenario("fake", values(1));
        run(scenario);
        assertThat(scenario.diary)
                .containsExactly(
                        "red in red", "blue in blue", "red in red", "blue in blue", "red in red", "blue in blue");
    }

    @Test
    void warm_ups_come_first_are_interleaved_and_go_on_until_steady() {
        AtomicInteger next = new AtomicInteger();
        // red: 100, 60, 60; blue: 10, 10
        double[] each = {100, 10, 60, 10, 60};
        FakeScenario scenario =
                new FakeScenario("fake", round -> round.value(
                        "time", "µs", Better.LOWER, each[Math.min(next.getAndIncrement(), each.length - 1)])) {
                    @Override
                    public int warmUps(boolean quick) {
                        return 2;
                    }
                };
        run(scenario);
        assertThat(scenario.diary)
                .startsWith(
                        "warm red in red",
                        "warm blue in blue",
                        "warm red in red",
                        "warm blue in blue",
                        "warm red in red",
                        "red in red");
    }

    @Test
    void a_quick_comparison_has_fewer_rounds() {
        FakeScenario scenario = new FakeScenario("fake", values(1));
        runner(scenario).run(List.of(), true, progress::add);
        assertThat(scenario.diary).hasSize(4);
    }

    @Test
    void median_and_spread_are_of_the_rounds_and_the_ratio_tells_how_much_better() {
        Report report = run(new FakeScenario("fake", values(30, 10, 20, 5, 40, 6)));
        Result red = result(report, "red", "time");
        assertThat(red.median()).isEqualTo(30);
        assertThat(red.min()).isEqualTo(20);
        assertThat(red.max()).isEqualTo(40);
        assertThat(red.rounds()).containsExactly(30.0, 20.0, 40.0);
        assertThat(report.ratios())
                .filteredOn(ratio -> ratio.metric().equals("time"))
                .singleElement()
                .satisfies(ratio -> {
                    assertThat(ratio.scheduler()).isEqualTo("blue");
                    assertThat(ratio.baseline()).isEqualTo("red");
                    assertThat(ratio.better()).isEqualTo(5); // 30 : 6
                });
    }

    @Test
    void percentiles_are_of_the_samples_of_all_rounds_together() {
        AtomicInteger next = new AtomicInteger();
        Report report = run(rounds(5, round -> {
            double[] samples = new double[300];
            Arrays.fill(samples, next.getAndIncrement() / 2 + 1); // 1 to 5 in the five rounds of each
            round.samples("lateness", "ms", samples);
        }));
        assertThat(report.problems()).isEmpty();
        Result median = result(report, "red", "lateness p50");
        assertThat(median.median()).isEqualTo(3);
        assertThat(median.rounds()).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(result(report, "red", "lateness p99").median()).isEqualTo(5);
        assertThat(report.latencies()).extracting(Latency::samples).containsExactly(1_500, 1_500);
        assertThat(report.latencies().get(0).percentiles()).containsEntry(100.0, 5.0);
    }

    @Test
    void too_few_samples_make_a_scenario_void() {
        Report report = run(rounds(5, round -> round.samples("lateness", "ms", new double[199])));
        assertThat(report.problems())
                .hasSize(2)
                .allSatisfy(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.VOID);
                    assertThat(problem.reason()).contains("995 samples of 5 rounds");
                });
    }

    @Test
    void samples_of_too_few_rounds_make_a_scenario_void() {
        Report report = run(rounds(4, round -> round.samples("lateness", "ms", new double[1_000])));
        assertThat(report.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem.reason())
                .contains("4000 samples of 4 rounds"));
    }

    @Test
    void a_quick_comparison_only_notes_that_it_has_too_few_samples() {
        FakeScenario scenario = new FakeScenario("fake", round -> round.samples("lateness", "ms", new double[10]));
        Report report = runner(scenario).run(List.of(), true, progress::add);
        assertThat(report.problems()).isEmpty();
        assertThat(report.notes())
                .filteredOn(note -> note.startsWith("fake: "))
                .containsExactly("fake: lateness has 20 samples of 2 rounds, but a p99 needs 1000 of 5 rounds");
    }

    @Test
    void a_latency_stands_beside_the_one_at_rest_and_the_ratio_of_all_rounds_together() {
        AtomicInteger next = new AtomicInteger();
        Report report = run(rounds(5, round -> {
            double[] samples = new double[200];
            Arrays.fill(samples, 10 + next.getAndIncrement() / 2);
            double[] atRest = new double[200];
            Arrays.fill(atRest, 2);
            round.samples("lateness", "ms", samples, atRest);
        }));
        assertThat(report.problems()).isEmpty();
        assertThat(result(report, "red", "lateness p50").median()).isEqualTo(12);
        assertThat(result(report, "red", "lateness at rest max").median()).isEqualTo(2);
        Result toRest = result(report, "red", "lateness p99 to rest");
        assertThat(toRest.median()).isEqualTo(7);
        assertThat(toRest.rounds()).containsExactly(5.0, 5.5, 6.0, 6.5, 7.0);
        assertThat(report.latencies())
                .extracting(Latency::metric)
                .containsExactly("lateness", "lateness at rest", "lateness", "lateness at rest");
    }

    @Test
    void a_violation_is_a_problem_and_the_round_counts() {
        Report report = run(new FakeScenario("fake", round -> {
            round.value("time", "µs", Better.LOWER, 1);
            if (round.scheduler().equals("blue")) {
                round.violation("it took a task over");
            }
        }));
        assertThat(report.problems())
                .hasSize(3)
                .allSatisfy(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.VIOLATION);
                    assertThat(problem.scheduler()).isEqualTo("blue");
                    assertThat(problem.reason()).contains("it took a task over");
                });
        assertThat(result(report, "blue", "time").rounds()).hasSize(3);
    }

    @Test
    void the_cpu_time_of_each_round_is_reported() {
        Report report = run(new FakeScenario("fake", round -> {
            round.begin();
            long until = System.nanoTime() + 20_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            round.end();
            round.work(4, "turn");
            round.value("time", "µs", Better.LOWER, 1);
        }));
        Result cpu = result(report, "red", "CPU time");
        assertThat(cpu.unit()).isEqualTo("µs/turn");
        assertThat(cpu.rounds()).hasSize(3).allSatisfy(value -> assertThat(value).isPositive());
    }

    @Test
    void a_violation_in_a_warm_up_does_not_count() {
        FakeScenario scenario =
                new FakeScenario("fake", round -> {
                    if (round.warmUp()) {
                        round.violation("it took a task over");
                    }
                }) {
                    @Override
                    public int warmUps(boolean quick) {
                        return 1;
                    }
                };
        assertThat(run(scenario).problems()).isEmpty();
        assertThat(scenario.diary).contains("warm red in red", "blue in blue");
    }

    @Test
    void a_void_round_is_repeated_and_does_not_count() {
        AtomicInteger calls = new AtomicInteger();
        Report report = run(new FakeScenario("fake", round -> {
            if (calls.incrementAndGet() == 1) {
                round.declareVoid("too windy");
            }
            round.value("time", "µs", Better.LOWER, calls.get());
        }));
        assertThat(report.problems()).isEmpty();
        assertThat(result(report, "red", "time").rounds()).containsExactly(2.0, 4.0, 6.0);
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("too windy"));
    }

    @Test
    void a_scenario_whose_rounds_stay_void_is_a_problem_and_the_next_one_runs() {
        FakeScenario windy = new FakeScenario("windy", round -> round.declareVoid("too windy"));
        FakeScenario next = new FakeScenario("next", values(1));
        Report report = run(windy, next);
        assertThat(report.problems())
                .containsExactly(new Problem("windy", "red", Problem.Kind.VOID, "too windy"));
        assertThat(windy.diary).hasSize(6);
        assertThat(next.diary).hasSize(6);
    }

    @Test
    void a_loss_in_a_warm_up_ends_the_scenario_with_a_problem() {
        FakeScenario lossy = new FakeScenario("lossy", round -> round.loss("one task is gone")) {
            @Override
            public int warmUps(boolean quick) {
                return 1;
            }
        };
        Report report = run(lossy);
        assertThat(report.problems())
                .containsExactly(new Problem("lossy", "red", Problem.Kind.LOSS, "one task is gone"));
        assertThat(lossy.diary).containsExactly("warm red in red");
    }

    @Test
    void an_exception_is_a_problem() {
        Report report = run(new FakeScenario("broken", round -> {
            throw new IOException("no disk");
        }));
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED);
            assertThat(problem.reason()).contains("no disk");
        });
    }

    @Test
    void an_interrupt_ends_the_comparison_and_is_passed_on() {
        FakeScenario next = new FakeScenario("next", values(1));
        Report report = run(
                new FakeScenario("interrupted", round -> {
                    throw new InterruptedException();
                }),
                next);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.problems()).extracting(Problem::reason).containsExactly("interrupted");
        assertThat(next.diary).isEmpty();
    }

    @Test
    void no_pin_before_means_no_pin_afterwards() {
        run(new FakeScenario("fake", values(1)));
        assertThat(gears.admin().pinned()).isEmpty();
        assertThat(gears.admin().inGear()).contains("blue");
    }

    @Test
    void the_pin_of_before_is_restored_also_after_a_failure() {
        gears.admin().use("red");
        run(new FakeScenario("broken", round -> {
            throw new IllegalStateException();
        }));
        assertThat(gears.admin().pinned()).contains("red");
    }

    @Test
    void a_scenario_for_all_schedulers_has_one_series_and_its_pin_is_undone() {
        FakeScenario scenario =
                new FakeScenario("swap", round -> {
                    round.admin().use("red");
                    round.value("swaps", "1", Better.HIGHER, 7);
                }) {
                    @Override
                    public boolean perScheduler() {
                        return false;
                    }
                };
        Report report = run(scenario);
        assertThat(scenario.diary).hasSize(3).allSatisfy(line -> assertThat(line).startsWith("all"));
        assertThat(result(report, "all", "swaps").median()).isEqualTo(7);
        assertThat(gears.admin().pinned()).isEmpty();
    }

    @Test
    void progress_says_who_polls_and_who_sleeps() {
        run(new FakeScenario("fake", values(12)));
        assertThat(progress).anySatisfy(line -> assertThat(line)
                .contains("fake: red, round 1/3: time 12 µs", "reactor polled by nobody (absent)", "asleep: blue"));
    }

    @Test
    void a_scheduler_that_does_not_sleep_is_a_problem() {
        AtomicBoolean stop = new AtomicBoolean();
        gears.runtime().pinnedTo("blue").spawn((Pollable<Void>) waker -> {
            if (stop.get()) {
                return Poll.ready(null);
            }
            waker.wake();
            return Poll.pending();
        });
        Report report = run(new FakeScenario("fake", values(1)));
        stop.set(true);
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("not asleep: blue"));
    }

    @Test
    void chosen_scenarios_only_are_run() {
        FakeScenario one = new FakeScenario("one", values(1));
        FakeScenario two = new FakeScenario("two", values(1));
        runner(one, two).run(List.of("two"), false, progress::add);
        assertThat(one.diary).isEmpty();
        assertThat(two.diary).isNotEmpty();
    }

    @Test
    void an_unknown_name_is_refused_with_the_known_ones() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> runner(new FakeScenario("one", values(1))).run(List.of("oen"), false, progress::add))
                .withMessage("there is no scenario named 'oen'; there are one");
    }

    @Test
    void one_comparison_runs_at_a_time() {
        List<Throwable> inner = new ArrayList<>();
        ComparisonRunner[] self = new ComparisonRunner[1];
        self[0] = runner(new FakeScenario("fake", round -> {
            try {
                self[0].run(List.of(), false, progress::add);
            } catch (IllegalStateException refused) {
                inner.add(refused);
            }
        }));
        self[0].run(List.of(), false, progress::add);
        assertThat(inner).isNotEmpty();
    }
}
