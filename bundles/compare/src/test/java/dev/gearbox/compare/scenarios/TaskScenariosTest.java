package dev.gearbox.compare.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.compare.Problem;
import dev.gearbox.compare.Report;
import dev.gearbox.compare.Result;
import dev.gearbox.compare.TwoGears;
import dev.gearbox.compare.runner.ComparisonRunner;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskScenariosTest {
    private final TwoGears gears = new TwoGears();

    @AfterEach
    void close() {
        gears.close();
    }

    static List<TaskScenario> scenarios() {
        return List.of(
                new ChainedSpawn(),
                new PingPong(),
                new SpawnMany(),
                new YieldMany(),
                new MutexContention(),
                new MutexFree());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void an_iteration_does_all_its_work_on_a_real_runtime(TaskScenario scenario) throws Exception {
        scenario.iterate(gears.runtime());
        scenario.iterate(gears.runtime());
        assertThat(gears.admin().statistics().failed()).isZero();
    }

    @Test
    void a_round_reports_the_time_of_an_iteration() {
        Report report = new ComparisonRunner(
                        gears.runtime(), gears.admin(), () -> List.of(new Fixed(3)))
                .run(List.of(), false, line -> {});
        assertThat(report.problems()).isEmpty();
        assertThat(report.results())
                .filteredOn(result -> result.metric().equals("time"))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.unit()).isEqualTo("µs/iteration"))
                .extracting(Result::median)
                .allSatisfy(median -> assertThat(median).isPositive());
    }

    @Test
    void work_that_is_not_done_is_a_loss() {
        Report report = new ComparisonRunner(gears.runtime(), gears.admin(), () -> List.of(new Fixed(-1)))
                .run(List.of(), false, line -> {});
        assertThat(report.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.LOSS);
    }

    /** One task whose answer is right or wrong. */
    private static final class Fixed extends TaskScenario {
        private final int answer;

        Fixed(int answer) {
            super("fixed", "one task", 10);
            this.answer = answer;
        }

        @Override
        void iterate(AsyncRuntime runtime) throws Exception {
            if (runtime.spawn(() -> answer).await() < 0) {
                throw new LostWorkException("a wrong answer");
            }
        }
    }
}
