package dev.gearbox.compare.runner;

import dev.gearbox.compare.Better;
import dev.gearbox.compare.Latency;
import dev.gearbox.compare.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The measured rounds of one scenario on one scheduler, and what follows from them. */
final class Series {
    /** Fewer samples do not make a p99, nor do fewer rounds. */
    static final int LEAST_SAMPLES = 1_000;

    static final int LEAST_ROUNDS = 5;

    private static final double[] CURVE = {10, 25, 50, 75, 90, 95, 99, 99.9, 100};
    private static final String AT_REST = " at rest";

    private final String scenario;
    private final String scheduler;
    private final Map<String, RoundRecorder.Kind> kinds = new LinkedHashMap<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    /** Those at rest have a name of their own, beside the one under load. */
    private final Map<String, String> sampleUnits = new LinkedHashMap<>();

    private final Map<String, List<double[]>> samples = new LinkedHashMap<>();

    Series(String scenario, String scheduler) {
        this.scenario = scenario;
        this.scheduler = scheduler;
    }

    String scheduler() {
        return scheduler;
    }

    void add(RoundRecorder round) {
        round.samples().forEach((metric, taken) -> {
            add(metric, taken.unit(), taken.samples());
            if (taken.atRest() != null) {
                add(metric + AT_REST, taken.unit(), taken.atRest());
            }
        });
        round.values().forEach((metric, value) -> {
            kinds.put(metric, value.kind());
            values.computeIfAbsent(metric, unused -> new ArrayList<>()).add(value.value());
        });
    }

    private void add(String metric, String unit, double[] taken) {
        sampleUnits.put(metric, unit);
        samples.computeIfAbsent(metric, unused -> new ArrayList<>()).add(taken);
    }

    /** Returns which latencies have too few samples or rounds, with their numbers. */
    List<String> tooFewSamples() {
        List<String> few = new ArrayList<>();
        samples.forEach((metric, rounds) -> {
            int count = rounds.stream().mapToInt(round -> round.length).sum();
            if (count < LEAST_SAMPLES || rounds.size() < LEAST_ROUNDS) {
                few.add(metric + " has " + count + " samples of " + rounds.size() + " rounds");
            }
        });
        return few;
    }

    /** Returns the percentiles first, then the other metrics in the order of the reports. */
    List<Result> results() {
        List<Result> results = new ArrayList<>();
        sampleUnits.forEach((metric, unit) -> {
            results.add(percentile(metric, unit, "p50", 50));
            results.add(percentile(metric, unit, "p99", 99));
            results.add(percentile(metric, unit, "max", 100));
        });
        samples.forEach((metric, rounds) -> {
            if (samples.containsKey(metric + AT_REST) && ofEachRound(metric + AT_REST, 99).stream().allMatch(p99 -> p99 > 0)) {
                results.add(toRest(metric));
            }
        });
        kinds.forEach((metric, kind) -> {
            List<Double> rounds = values.get(metric);
            results.add(result(metric, kind.unit(), kind.better(), Statistics.median(rounds), rounds));
        });
        return results;
    }

    private Result percentile(String metric, String unit, String suffix, double percent) {
        List<Double> each = ofEachRound(metric, percent);
        return result(metric + " " + suffix, unit, Better.LOWER, ofAllRounds(metric, percent), each);
    }

    private Result toRest(String metric) {
        List<Double> under = ofEachRound(metric, 99);
        List<Double> rest = ofEachRound(metric + AT_REST, 99);
        List<Double> each = IntStream.range(0, under.size())
                .mapToObj(i -> under.get(i) / rest.get(i))
                .toList();
        double pooled = ofAllRounds(metric, 99) / ofAllRounds(metric + AT_REST, 99);
        return result(metric + " p99 to rest", "times", Better.LOWER, pooled, each);
    }

    private double ofAllRounds(String metric, double percent) {
        return Statistics.percentile(Statistics.pool(samples.get(metric)), percent);
    }

    private List<Double> ofEachRound(String metric, double percent) {
        return samples.get(metric).stream()
                .map(round -> Statistics.percentile(Arrays.stream(round).sorted().toArray(), percent))
                .toList();
    }

    private Result result(String metric, String unit, Better better, double median, List<Double> rounds) {
        double min = rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double max = rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return new Result(scenario, scheduler, metric, unit, better, median, min, max, rounds);
    }

    List<Latency> latencies() {
        List<Latency> latencies = new ArrayList<>();
        sampleUnits.forEach((metric, unit) -> {
            double[] pooled = Statistics.pool(samples.get(metric));
            TreeMap<Double, Double> curve = new TreeMap<>();
            for (double percent : CURVE) {
                curve.put(percent, Statistics.percentile(pooled, percent));
            }
            latencies.add(new Latency(scenario, scheduler, metric, unit, pooled.length, curve));
        });
        return latencies;
    }
}
