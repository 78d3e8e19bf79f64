package dev.gearbox.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of one variant of a subject: for each implementation one of each fork. */
final class Figures {
    final Subject subject;
    final Map<String, String> variant;
    String unit = "";
    private final Map<String, double[]> values = new LinkedHashMap<>();
    private final Map<String, double[]> bytes = new TreeMap<>();
    private final Map<String, Map<String, double[]>> others = new TreeMap<>();

    Figures(Subject subject, Map<String, String> variant) {
        this.subject = subject;
        this.variant = variant;
    }

    /** Adds a fork's figure, and how many bytes it allocated for an operation. */
    void add(String on, double value, double allocated) {
        values.merge(on, new double[] {value}, Figures::append);
        bytes.merge(on, new double[] {allocated}, Figures::append);
    }

    /** Adds what a fork has told beside its figure. */
    void addOther(String name, String on, double value) {
        others.computeIfAbsent(name, key -> new LinkedHashMap<>()).merge(on, new double[] {value}, Figures::append);
    }

    static double[] append(double[] before, double[] one) {
        double[] longer = Arrays.copyOf(before, before.length + 1);
        longer[before.length] = one[0];
        return longer;
    }

    /** Returns the subject's name and the values of its parameters. */
    String title() {
        return variant.isEmpty() ? subject.name() : subject.name() + " " + String.join(" ", variant.values());
    }

    Map<String, double[]> values() {
        return values;
    }

    /** Returns by name what was told beside the figures. */
    Map<String, Map<String, double[]>> others() {
        return others;
    }

    double median(String on) {
        return median(values.get(on));
    }

    /** Returns ours as a share of the peer's; of a rate the peer's as a share of ours, so that less is always better. */
    double ratio(String ours, String peer) {
        return share(median(ours), median(peer));
    }

    private double share(double ours, double peer) {
        return subject.isRate() ? peer / ours : ours / peer;
    }

    double allocated(String on) {
        return median(bytes.get(on));
    }

    /** Returns whether it was measured. */
    boolean has(String on) {
        return values.containsKey(on);
    }

    /** Returns which of these has the best median, or null if none was measured. */
    String best(List<String> peers) {
        String best = null;
        for (String peer : peers) {
            if (has(peer) && (best == null || ratio(peer, best) < 1)) {
                best = peer;
            }
        }
        return best;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Returns the half width of the 95 % interval around the mean of the ratios of the two, fork by fork. */
    double[] ratioWithInterval(String ours, String peer) {
        double[] a = values.get(ours);
        double[] b = values.get(peer);
        int n = Math.min(a.length, b.length);
        double[] ratios = new double[n];
        for (int i = 0; i < n; i++) {
            ratios[i] = share(a[i], b[i]);
        }
        double mean = Arrays.stream(ratios).average().orElse(Double.NaN);
        double variance = Arrays.stream(ratios).map(r -> (r - mean) * (r - mean)).sum() / Math.max(1, n - 1);
        return new double[] {mean, n < 2 ? Double.NaN : student(n - 1) * Math.sqrt(variance / n)};
    }

    /** Returns Student's factor for 95 %, two-sided. */
    private static double student(int freedom) {
        double[] table = {12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23};
        return table[Math.min(freedom, table.length) - 1];
    }
}
