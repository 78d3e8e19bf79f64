package dev.gearbox.compare;

/**
 * How much better one scheduler did than the baseline, in the same metric of the same run.
 *
 * @param scenario the scenario's name
 * @param metric what was measured
 * @param scheduler the scheduler
 * @param baseline the scheduler that it is compared with
 * @param better how many times better: over 1 is better than the baseline, whichever way the metric improves; {@code NaN}
 *     unless both values are over 0
 */
public record Ratio(String scenario, String metric, String scheduler, String baseline, double better) {}
