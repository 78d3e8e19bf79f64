package dev.gearbox.compare.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk, in a process of its own. */
final class Wrk implements HttpLoad {
    private static final Pattern VERSION = Pattern.compile("wrk (\\S+)");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern ERRORS = Pattern.compile("(Socket errors:.*|Non-2xx or 3xx responses:.*)");

    private final String version;

    private Wrk(String version) {
        this.version = version;
    }

    /** Returns wrk if it is on the path. */
    static Optional<Wrk> find() throws InterruptedException {
        try {
            Matcher version = VERSION.matcher(run("wrk", "--version"));
            return Optional.of(new Wrk(version.find() ? version.group(1) : ""));
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(10, TimeUnit.SECONDS);
            return output;
        } finally {
            process.destroy();
        }
    }

    @Override
    public String name() {
        return ("wrk " + version).strip() + " in a process of its own";
    }

    @Override
    public Outcome run(int port, int threads, int connections, int seconds) throws IOException, InterruptedException {
        return parse(run(
                "wrk", "-t" + threads, "-c" + connections, "-d" + seconds + "s", "--latency", "http://127.0.0.1:" + port
                        + "/"));
    }

    static Outcome parse(String output) throws IOException {
        Matcher errors = ERRORS.matcher(output);
        return new Outcome(
                Double.parseDouble(find(REQUESTS, output)),
                Double.parseDouble(find(RATE, output)),
                percentile("50", output),
                percentile("99", output),
                errors.find() ? errors.group(1).strip() : "");
    }

    private static double percentile(String percent, String output) throws IOException {
        String text = find(Pattern.compile("(?m)^\\s+" + percent + "%\\s+(\\S+) *$"), output);
        double number = Double.parseDouble(text.replaceAll("[a-z]+$", ""));
        return switch (text.replaceAll("^[0-9.]+", "")) {
            case "us" -> number / 1_000;
            case "ms" -> number;
            case "s" -> number * 1_000;
            case "m" -> number * 60_000;
            default -> throw new IOException("wrk prints a time as " + text);
        };
    }

    private static String find(Pattern pattern, String output) throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in what wrk printed: " + output.strip());
        }
        return matcher.group(1);
    }
}
