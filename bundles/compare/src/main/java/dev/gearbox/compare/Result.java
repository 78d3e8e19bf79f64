package dev.gearbox.compare;

import java.util.List;
import java.util.Objects;

/**
 * One metric of one scenario on one scheduler.
 *
 * @param scenario the scenario's name
 * @param scheduler the scheduler's name, or {@code all}
 * @param metric what was measured
 * @param unit its unit
 * @param better which way it improves
 * @param median the median over the rounds; of a percentile, the one of all rounds' samples together
 * @param min the smallest of the rounds
 * @param max the largest of the rounds
 * @param rounds the value of each round, in their order
 */
public record Result(
        String scenario,
        String scheduler,
        String metric,
        String unit,
        Better better,
        double median,
        double min,
        double max,
        List<Double> rounds) {
    /** Copies the list. */
    public Result {
        Objects.requireNonNull(better, "better");
        rounds = List.copyOf(rounds);
    }
}
