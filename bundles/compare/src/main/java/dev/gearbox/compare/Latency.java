package dev.gearbox.compare;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The distribution of a latency over all rounds of a scenario on one scheduler.
 *
 * @param scenario the scenario's name
 * @param scheduler the scheduler's name
 * @param metric what was measured
 * @param unit its unit
 * @param samples how many samples there are
 * @param percentiles from percentile (to 100) to the value that so many per cent of the samples do not exceed
 */
public record Latency(
        String scenario, String scheduler, String metric, String unit, int samples, SortedMap<Double, Double> percentiles) {
    /** Copies the map. */
    public Latency {
        percentiles = Collections.unmodifiableSortedMap(new TreeMap<>((Map<Double, Double>) percentiles));
    }
}
