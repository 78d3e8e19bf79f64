package dev.gearbox.shell;

import java.time.Duration;
import java.util.Locale;

/** How the commands write figures. */
final class Text {
    private Text() {}

    /** Returns a duration with the unit that suits it, such as {@code 3.2 µs}, {@code 52 ms} or {@code 12 s}. */
    static String of(Duration duration) {
        double micros = duration.toNanos() / 1e3;
        return micros < 1_000
                ? figure(micros) + " µs"
                : micros < 1e6 ? figure(micros / 1e3) + " ms" : figure(micros / 1e6) + " s";
    }

    /** Returns a figure with a decimal if it is below 10. */
    static String figure(double value) {
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
    }
}
