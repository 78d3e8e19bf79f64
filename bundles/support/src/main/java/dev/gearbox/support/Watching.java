package dev.gearbox.support;

import dev.gearbox.support.Monitor.Periods;
import java.util.concurrent.TimeUnit;

/**
 * How a scheduler's threads are watched: the part of its configuration that both schedulers have.
 *
 * @param periods how often the monitor looks
 * @param reportAfter nanoseconds after which a poll that blocks or computes is reported
 * @param stacksPerSecond how many stacks are taken for reports in one second at most
 */
public record Watching(Periods periods, long reportAfter, int stacksPerSecond) {
    /** The default of the shortest period in milliseconds: a shorter park takes as long. */
    public static final int SHORTEST_MILLIS = 1;

    /** The default of the longest period in milliseconds: a hundred wake-ups a second while something runs. */
    public static final int LONGEST_MILLIS = 10;

    /** The default of the time of silence in milliseconds. */
    public static final int SILENCE_MILLIS = 1_000;

    /** The default of the least duration that is reported, in milliseconds: twice a usual time slice. */
    public static final int REPORT_AFTER_MILLIS = 20;

    /** The default bound on stacks: 0.04 ms of a sleeping thread, 0.1 to 0.7 ms of a running one. */
    public static final int STACKS_PER_SECOND = 100;

    /** What applies unless it is configured otherwise. */
    public static final Watching DEFAULT = ofMillis(
            SHORTEST_MILLIS, LONGEST_MILLIS, SILENCE_MILLIS, REPORT_AFTER_MILLIS, STACKS_PER_SECOND);

    private static final int MAX_PERIOD = 1_000;
    private static final int MIN_SILENCE = 100;
    private static final int MAX_SILENCE = 3_600_000;
    private static final int MAX_REPORT_AFTER = 60_000;
    private static final int MAX_STACKS = 1_000;

    /**
     * Checks values of a configuration.
     *
     * @throws IllegalArgumentException if one is out of range; names the identity, the key and the range
     */
    public static Watching of(String pid, int shortest, int longest, int silence, int reportAfter, int stacks) {
        Range.check(pid, "monitorLongestMillis", longest, 1, MAX_PERIOD);
        Range.check(pid, "monitorShortestMillis", shortest, 1, longest);
        return ofMillis(
                shortest,
                longest,
                Range.check(pid, "monitorSilenceMillis", silence, Math.max(MIN_SILENCE, longest), MAX_SILENCE),
                Range.check(pid, "reportAfterMillis", reportAfter, 1, MAX_REPORT_AFTER),
                Range.check(pid, "stacksPerSecond", stacks, 0, MAX_STACKS));
    }

    private static Watching ofMillis(int shortest, int longest, int silence, int reportAfter, int stacks) {
        return new Watching(
                new Periods(nanos(shortest), nanos(longest), nanos(silence)), nanos(reportAfter), stacks);
    }

    private static long nanos(int millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
