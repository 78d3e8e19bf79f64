package dev.gearbox.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks, forks of all implementations in turn, and prints each figure as a share of the best peer's. */
public final class Ratios {
    /*
     * JMH runs all forks of one parameter before it goes on to the next, so a machine that becomes slower meanwhile would
     * favour whoever was first. Here each round makes one fork of each implementation, A B C A B C, and a figure is the
     * median of the forks'.
     */

    private final boolean quick;
    private final int rounds;
    private final List<Subject> subjects;

    private Ratios(boolean quick, int rounds, List<Subject> subjects) {
        this.quick = quick;
        this.rounds = rounds;
        this.subjects = subjects;
    }

    /** See the script {@code benchmarks/run} for the arguments. */
    public static void main(String[] arguments) throws Exception {
        boolean quick = false;
        boolean write = false;
        int rounds = 0;
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--write" -> write = true;
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                default -> subjects.add(named(arguments[i]));
            }
        }
        if (subjects.isEmpty()) {
            boolean some = quick;
            subjects.addAll(Subject.ALL.stream().filter(subject -> subject.inQuick() || !some).toList());
        }
        if (!Wrk.isThere() && subjects.removeIf(subject -> subject.type() == Http.class)) {
            System.err.println("benchmarks/run: http is left out, for wrk is not on the PATH");
        }
        Ratios run = new Ratios(quick, rounds > 0 ? rounds : quick ? 2 : 5, subjects);
        Report report = new Report(run.measure(), quick);
        System.out.println(report.markdown());
        save(report, write);
    }

    private static Subject named(String name) {
        return Subject.ALL.stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " is none of " + Subject.ALL.stream().map(Subject::name).toList()));
    }

    private static void save(Report report, boolean write) throws IOException {
        Path target = Path.of("benchmarks", "target");
        Files.writeString(target.resolve("results.json"), report.json());
        Files.writeString(target.resolve("results.md"), report.markdown());
        if (write) {
            report.writeInto(Path.of("docs", "benchmarks.md"));
        }
    }

    private List<Figures> measure() throws RunnerException {
        List<Figures> all = new ArrayList<>();
        for (Subject subject : subjects) {
            List<Figures> variants = subject.variants(quick).stream()
                    .map(variant -> new Figures(subject, variant))
                    .toList();
            for (int round = 1; round <= rounds(subject); round++) {
                System.err.println(subject.name() + ", round " + round);
                for (Figures figures : variants) {
                    measure(figures);
                }
            }
            all.addAll(variants);
        }
        return all;
    }

    private int rounds(Subject subject) {
        return switch (subject.name()) {
            case "parked-memory" -> 1;
            case "monitor-overhead" -> quick ? rounds : 2 * rounds;
            default -> rounds;
        };
    }

    private void measure(Figures figures) throws RunnerException {
        List<String> implementations = figures.subject.implementations();
        if (implementations.isEmpty()) {
            fork(figures, "adaptive", Map.of());
        }
        for (String on : implementations) {
            fork(figures, on, Map.of("on", on));
        }
    }

    private void fork(Figures figures, String on, Map<String, String> parameter) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(figures.subject.include())
                .forks(1)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(false);
        figures.variant.forEach(options::param);
        parameter.forEach(options::param);
        if (figures.subject.value() == null) {
            options.warmupIterations(2)
                    .warmupTime(TimeValue.milliseconds(quick ? 500 : 1_000))
                    .measurementIterations(quick ? 2 : 3)
                    .measurementTime(TimeValue.milliseconds(quick ? 300 : 1_000));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        if (results.isEmpty()) {
            System.err.println(figures.title() + " on " + on + " failed");
        }
        results.forEach(result -> take(figures, on, result));
    }

    private static void take(Figures figures, String on, RunResult result) {
        String name = figures.subject.value();
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        double allocated = bytes == null ? Double.NaN : bytes.getScore();
        if (name == null) {
            figures.unit = result.getPrimaryResult().getScoreUnit();
            figures.add(on, result.getPrimaryResult().getScore(), allocated);
            return;
        }
        figures.unit = name;
        toldBeside(result).forEach((what, values) -> {
            double median = Figures.median(values);
            if (what.equals(name)) {
                figures.add(on, median, figures.subject.isRate() ? Double.NaN : allocated);
            } else {
                figures.addOther(what, on, median);
            }
        });
    }

    /** Returns by name what each iteration has told beside the score, but for the profiler's. */
    private static Map<String, double[]> toldBeside(RunResult result) {
        Map<String, double[]> told = new TreeMap<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                iteration.getSecondaryResults().forEach((what, value) -> {
                    if (!what.startsWith("gc.")) {
                        told.merge(what, new double[] {value.getScore()}, Figures::append);
                    }
                });
            }
        }
        return told;
    }
}
