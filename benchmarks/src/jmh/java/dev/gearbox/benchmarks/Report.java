package dev.gearbox.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tables in Markdown, and JSON, of a run. */
final class Report {
    private static final String BEGIN = "<!-- results: written by benchmarks/run --write -->";
    private static final String END = "<!-- end of results -->";

    private final List<Figures> all;
    private final boolean quick;

    Report(List<Figures> all, boolean quick) {
        this.all = all;
        this.quick = quick;
    }

    /** Returns both tables, under a line that says when and where they were made. */
    String markdown() {
        return where() + "\n\n" + targets() + "\n" + figures();
    }

    private String where() {
        return LocalDate.now() + ", " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.runtime.version") + ", " + machine() + (quick ? ", quick run" : "") + ".";
    }

    private static String machine() {
        String model = "";
        try {
            model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> ", " + line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException unknown) {
            model = "";
        }
        return Runtime.getRuntime().availableProcessors() + " processors" + model + ", " + System.getProperty("os.name")
                + " " + System.getProperty("os.version");
    }

    private String targets() {
        StringBuilder table = new StringBuilder(
                "| subject | ours | best peer | ratio | at most | |\n|---|---|---|---|---|---|\n");
        for (Figures figures : all) {
            for (Target target : Target.of(figures.subject)) {
                row(figures, target).forEach(cell -> table.append("| ").append(cell).append(' '));
                table.append("|\n");
            }
            allocation(figures).forEach(row -> table.append(row).append('\n'));
        }
        return table.toString();
    }

    private static List<String> row(Figures figures, Target target) {
        String ours = target.ours();
        if (!figures.has(ours)) {
            return List.of(figures.title(), ours, "", "", number(target.limit()), "not measured");
        }
        if (target.peers().isEmpty()) {
            double figure = figures.median(ours);
            return List.of(
                    figures.title(), ours + " " + number(figure), "", "", number(target.limit()),
                    verdict(figure, target.limit()));
        }
        String peer = figures.best(target.peers());
        if (peer == null) {
            return List.of(figures.title(), ours, "", "", number(target.limit()), "no peer");
        }
        double ratio = figures.ratio(ours, peer);
        String interval = "";
        if (figures.values().get(ours).length >= 3) {
            interval = String.format(Locale.ROOT, " (± %.2f)", figures.ratioWithInterval(ours, peer)[1]);
        }
        return List.of(
                figures.title(),
                ours + " " + number(figures.median(ours)),
                peer + " " + number(figures.median(peer)),
                String.format(Locale.ROOT, "%.2f", ratio) + interval,
                number(target.limit()),
                verdict(ratio, target.limit()));
    }

    private static String verdict(double figure, double limit) {
        return figure <= limit ? "met" : "**missed**";
    }

    /** What a task or a yield allocates beyond the user's own; sizes of the benchmark's own objects are known. */
    private static List<String> allocation(Figures figures) {
        if (!figures.has("adaptive")) {
            return List.of();
        }
        double bytes = figures.allocated("adaptive");
        return switch (figures.subject.name()) {
            case "chained-spawn" -> List.of(allocated("bytes per task", bytes / 1_000 - 24, 96));
            case "yield-many" -> List.of(allocated("bytes per yield", Math.floor(bytes / 200_000), 0));
            default -> List.of();
        };
    }

    private static String allocated(String what, double bytes, double limit) {
        return "| " + what + " | adaptive " + number(bytes) + " | | | " + number(limit) + " | " + verdict(bytes, limit)
                + " |";
    }

    private String figures() {
        StringBuilder table = new StringBuilder(
                "| subject | implementation | median | least | most | unit | bytes/op |\n|---|---|---|---|---|---|---|\n");
        for (Figures figures : all) {
            figures.values()
                    .forEach((on, values) ->
                            row(table, figures.title(), on, values, figures.unit, number(figures.allocated(on))));
            figures.others()
                    .forEach((name, others) ->
                            others.forEach((on, values) -> row(table, figures.title(), on, values, name, "")));
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String title, String on, double[] values, String unit, String bytes) {
        double least = Arrays.stream(values).min().orElseThrow();
        double most = Arrays.stream(values).max().orElseThrow();
        double median = Figures.median(values);
        table.append("| ")
                .append(String.join(" | ", title, on, number(median), number(least), number(most), unit, bytes))
                .append(" |\n");
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** Returns everything as JSON: one object for each variant of a subject, with every fork's figure. */
    String json() {
        List<String> objects = new ArrayList<>();
        for (Figures figures : all) {
            String values = figures.values().entrySet().stream()
                    .map(entry -> "\"" + entry.getKey() + "\": " + Arrays.toString(entry.getValue()))
                    .collect(Collectors.joining(", "));
            objects.add("  {\"subject\": \"" + figures.title() + "\", \"unit\": \"" + figures.unit + "\", \"values\": {"
                    + values + "}}");
        }
        return "{\"run\": \"" + where().replace("\"", "'") + "\", \"figures\": [\n" + String.join(",\n", objects)
                + "\n]}\n";
    }

    /** Replaces the results in a document, between its two marks. */
    void writeInto(Path document) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(document + " has no place for results: " + BEGIN + " … " + END);
        }
        Files.writeString(document, text.substring(0, begin + BEGIN.length()) + "\n" + markdown() + text.substring(end));
    }
}
