package dev.gearbox.compare.runner;

import dev.gearbox.compare.report.Figures;
import java.util.Arrays;
import java.util.Map;

/** Says in a few words what a round has found, for those who watch. */
final class RoundSummary {
    private RoundSummary() {}

    static String of(RoundRecorder round) {
        if (round.voidReason() != null) {
            return "void: " + round.voidReason();
        }
        for (Map.Entry<String, RoundRecorder.Samples> entry : round.samples().entrySet()) {
            double[] sorted = Arrays.stream(entry.getValue().samples()).sorted().toArray();
            if (sorted.length > 0) {
                return entry.getKey() + " p50 " + Figures.plain(Statistics.percentile(sorted, 50)) + ", p99 "
                        + Figures.plain(Statistics.percentile(sorted, 99)) + " "
                        + entry.getValue().unit() + " of " + sorted.length;
            }
        }
        return round.values().entrySet().stream()
                .findFirst()
                .map(entry -> entry.getKey() + " " + Figures.plain(entry.getValue().value()) + " "
                        + entry.getValue().kind().unit())
                .orElse("nothing reported");
    }
}
