package dev.gearbox.compare.runner;

import java.util.Arrays;
import java.util.List;

/** Medians and percentiles of plain numbers. */
public final class Statistics {
    private Statistics() {}

    /**
     * Returns the middle value, or the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("the median of no values");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Returns the smallest of the samples that at least this share of them does not exceed (the nearest rank).
     *
     * @param sorted the samples in ascending order
     * @param percent from 0, the least sample, to 100, the greatest
     * @throws IllegalArgumentException if there are none, or the share is out of its range
     */
    public static double percentile(double[] sorted, double percent) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("a percentile of no samples");
        }
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent = " + percent + ", but it must be from 0 to 100");
        }
        // Rounded to nine digits first: 99.9 % of 1 000 is 999 although the product is a little more.
        double rank = Math.round(percent / 100 * sorted.length * 1e9) / 1e9;
        return sorted[Math.max(0, (int) Math.ceil(rank) - 1)];
    }

    /** Returns all samples in ascending order. */
    public static double[] pool(List<double[]> samples) {
        double[] all = samples.stream().flatMapToDouble(Arrays::stream).toArray();
        Arrays.sort(all);
        return all;
    }

    /** Returns by how much two values differ, as a share of the larger; 0 if both are 0. */
    public static double difference(double one, double other) {
        double larger = Math.max(Math.abs(one), Math.abs(other));
        return larger == 0 ? 0 : Math.abs(one - other) / larger;
    }
}
