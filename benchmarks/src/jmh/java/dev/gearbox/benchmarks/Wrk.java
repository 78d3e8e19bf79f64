package dev.gearbox.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run of wrk has found.
 *
 * @param requestsPerSecond how many were answered, with 200
 * @param p99 the latency of the slowest hundredth, in µs
 */
record Wrk(double requestsPerSecond, double p99) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)\\b");
    private static final Pattern FAULT = Pattern.compile("(Socket errors|Non-2xx).*");

    /** Returns whether the program is on the PATH. */
    static boolean isThere() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
    }

    /**
     * Asks a server on this machine for / again and again.
     *
     * @param load how many threads and connections, in wrk's words
     * @throws IllegalStateException if any request was not answered, or not with 200
     */
    static Wrk run(String load, int seconds, int port) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "--latency", "-d" + seconds));
        command.addAll(List.of(load.split(" ")));
        command.add("http://127.0.0.1:" + port + "/");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || FAULT.matcher(text).find()) {
            throw new IllegalStateException(text);
        }
        Matcher p99 = find(P99, text);
        double micros =
                switch (p99.group(2)) {
                    case "us" -> 1;
                    case "ms" -> 1_000;
                    default -> 1_000_000;
                };
        return new Wrk(Double.parseDouble(find(RATE, text).group(1)), Double.parseDouble(p99.group(1)) * micros);
    }

    private static Matcher find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return matcher;
    }
}
