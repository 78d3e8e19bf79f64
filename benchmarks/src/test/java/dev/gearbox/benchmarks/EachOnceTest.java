package dev.gearbox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs, on each implementation that this Java has. */
class EachOnceTest {
    static List<Subject> subjects() {
        return Subject.ALL.stream()
                .filter(subject -> subject.type() != ParkedMemory.class) // it fills three gigabytes
                .filter(subject -> subject.type() != Http.class || Wrk.isThere())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    @Timeout(120)
    void runs_once(Subject subject) throws RunnerException {
        Map<String, String> variant = subject.variants(true).get(0);
        List<String> implementations = subject.implementations();
        for (String on : implementations.isEmpty() ? List.of("") : implementations) {
            if (Runtime.version().feature() < 21 && needsVirtualThreads(on)) {
                continue;
            }
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .include(subject.include())
                    .forks(0)
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true);
            variant.forEach(options::param);
            if (!on.isEmpty()) {
                options.param("on", on);
            }
            assertThat(new Runner(options.build()).run()).as(subject.name() + " on " + on).hasSize(1);
        }
    }

    private static boolean needsVirtualThreads(String on) {
        return List.of("virtual", "synchronized", "reentrant", "fair", "semaphore", "queue").contains(on);
    }
}
