package dev.gearbox.compare;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a comparison has found. Immutable.
 *
 * @param jdk version and vendor of the Java virtual machine
 * @param cpus how many processors it has
 * @param collector the garbage collector
 * @param heapMegabytes the largest heap
 * @param date when the comparison began
 * @param schedulers the schedulers that were compared; the first is the baseline of all ratios
 * @param scenarios name and description of each scenario that was run, in the order of the runs
 * @param results one for each metric, in the order of scenarios, metrics and schedulers
 * @param latencies the distributions behind those metrics that are percentiles
 * @param notes remarks of the scenarios
 * @param problems why this report does not hold; empty if it does
 */
public record Report(
        String jdk,
        int cpus,
        String collector,
        long heapMegabytes,
        Instant date,
        List<String> schedulers,
        Map<String, String> scenarios,
        List<Result> results,
        List<Latency> latencies,
        List<String> notes,
        List<Problem> problems) {
    /** Copies lists; the map must not be changed any more. */
    public Report {
        schedulers = List.copyOf(schedulers);
        results = List.copyOf(results);
        latencies = List.copyOf(latencies);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /** Returns how each scheduler did against the first one. */
    public List<Ratio> ratios() {
        return results.stream()
                .filter(result -> !result.scheduler().equals(schedulers.get(0)))
                .flatMap(result -> results.stream()
                        .filter(base -> base.scheduler().equals(schedulers.get(0))
                                && base.scenario().equals(result.scenario())
                                && base.metric().equals(result.metric()))
                        .map(base -> ratio(result, base)))
                .toList();
    }

    private static Ratio ratio(Result result, Result base) {
        double plain = base.median() <= 0 || result.median() <= 0 ? Double.NaN : result.median() / base.median();
        return new Ratio(
                result.scenario(),
                result.metric(),
                result.scheduler(),
                base.scheduler(),
                result.better() == Better.HIGHER ? plain : 1 / plain);
    }
}
