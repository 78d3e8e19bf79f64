package dev.gearbox.compare.report;

import dev.gearbox.compare.Ratio;
import dev.gearbox.compare.Report;
import dev.gearbox.compare.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a report as a table of plain text. */
public final class TableReport {
    private TableReport() {}

    /** Returns the whole report; lines end with a line feed. */
    public static String write(Report report) {
        StringBuilder text = new StringBuilder();
        text.append("JDK ").append(report.jdk()).append(", ").append(report.cpus()).append(" processors, ");
        text.append(report.collector()).append(", heap up to ").append(report.heapMegabytes()).append(" MB, ");
        text.append(report.date()).append("\n\n");
        table(rows(report)).forEach(line -> text.append(line).append('\n'));
        text.append("\nMedian (least..greatest) of the rounds; percentiles of all rounds together.");
        if (report.schedulers().size() > 1) {
            text.append(" Over 1x is better than ").append(report.schedulers().get(0)).append('.');
        }
        text.append('\n');
        report.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        report.problems().forEach(problem -> text.append("PROBLEM: ").append(problem).append('\n'));
        return text.toString();
    }

    private static List<List<String>> rows(Report report) {
        List<String> schedulers = report.schedulers();
        List<String> head = new ArrayList<>(List.of("scenario", "metric", "unit"));
        head.addAll(schedulers);
        schedulers.stream().skip(1).forEach(name -> head.add(name + " : " + schedulers.get(0)));
        List<List<String>> rows = new ArrayList<>(List.of(head));
        List<Ratio> ratios = report.ratios();
        String scenario = "";
        for (List<Result> metric : byMetric(report.results())) {
            Result any = metric.get(0);
            List<String> row = new ArrayList<>(
                    List.of(any.scenario().equals(scenario) ? "" : any.scenario(), any.metric(), any.unit()));
            scenario = any.scenario();
            if (metric.stream().noneMatch(result -> schedulers.contains(result.scheduler()))) {
                row.add(cell(any));
            } else {
                schedulers.forEach(name -> row.add(metric.stream()
                        .filter(result -> result.scheduler().equals(name))
                        .map(TableReport::cell)
                        .findFirst()
                        .orElse("")));
            }
            schedulers.stream().skip(1).forEach(name -> row.add(ratios.stream()
                    .filter(ratio -> ratio.scheduler().equals(name)
                            && ratio.scenario().equals(any.scenario())
                            && ratio.metric().equals(any.metric()))
                    .map(ratio -> Figures.times(ratio.better()))
                    .findFirst()
                    .orElse("")));
            rows.add(row);
        }
        return rows;
    }

    private static List<List<Result>> byMetric(List<Result> results) {
        List<List<Result>> groups = new ArrayList<>();
        for (Result result : results) {
            List<Result> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
            boolean same = !last.isEmpty()
                    && last.get(0).scenario().equals(result.scenario())
                    && last.get(0).metric().equals(result.metric());
            if (same) {
                last.add(result);
            } else {
                groups.add(new ArrayList<>(List.of(result)));
            }
        }
        return groups;
    }

    private static String cell(Result result) {
        String median = Figures.plain(result.median());
        return result.rounds().size() == 1
                ? median
                : median + " (" + Figures.plain(result.min()) + ".." + Figures.plain(result.max()) + ")";
    }

    private static List<String> table(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add(1, rule(widths));
        return lines;
    }

    private static String rule(int[] widths) {
        return Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("  "));
    }
}
