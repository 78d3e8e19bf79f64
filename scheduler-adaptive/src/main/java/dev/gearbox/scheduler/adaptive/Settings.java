package dev.gearbox.scheduler.adaptive;

import dev.gearbox.support.Range;
import dev.gearbox.support.Watching;
import java.time.Duration;

/**
 * How large an adaptive scheduler is, and how patient.
 *
 * @param processors how many threads may run tasks at once
 * @param maxThreads how many threads there may be
 * @param slice how long a computing task may keep its processor while others wait
 * @param keepAlive how long a spare thread stays that is not needed
 * @param passedOver how long tasks that have used up their slice may be passed over
 * @param extraBusy how many more threads there may be for tasks that compute, for each processor
 * @param pollEvery how often the selector and the timers are polled at least while tasks run
 * @param watching how machines are watched
 */
record Settings(
        int processors,
        int maxThreads,
        Duration slice,
        Duration keepAlive,
        Duration passedOver,
        int extraBusy,
        Duration pollEvery,
        Watching watching) {
    /** The persistent identity of the configuration. */
    static final String PID = "dev.gearbox.scheduler.adaptive";

    static final int MAX_PROCESSORS = 1_024;
    static final int MAX_THREADS = 32_767;
    static final int MAX_SLICE_MILLIS = 10_000;
    static final int MAX_KEEP_ALIVE_SECONDS = 86_400;
    static final int MAX_PASSED_OVER_MILLIS = 60_000;
    static final int MAX_EXTRA_BUSY = 1_024;
    static final int MAX_POLL_MILLIS = 1_000;

    /** More processors than threads would never be used. */
    Settings {
        processors = Math.min(processors, maxThreads);
    }

    /** The defaults, except these. */
    Settings(int processors, int maxThreads, Duration slice, Duration keepAlive) {
        this(
                processors,
                maxThreads,
                slice,
                keepAlive,
                Duration.ofMillis(AdaptiveConfiguration.PASSED_OVER_MILLIS),
                AdaptiveConfiguration.EXTRA_BUSY,
                Duration.ofMillis(AdaptiveConfiguration.POLL_MILLIS),
                Watching.DEFAULT);
    }

    /** Checks a configuration; throws {@link IllegalArgumentException}, which names what is wrong, before any change. */
    static Settings of(AdaptiveConfiguration c) {
        int processors = check("processors", c.processors(), 0, MAX_PROCESSORS);
        return new Settings(
                processors == 0 ? ofThisMachine() : processors,
                check("maxThreads", c.maxThreads(), 1, MAX_THREADS),
                Duration.ofMillis(check("sliceMillis", c.sliceMillis(), 1, MAX_SLICE_MILLIS)),
                Duration.ofSeconds(check("keepAliveSeconds", c.keepAliveSeconds(), 1, MAX_KEEP_ALIVE_SECONDS)),
                Duration.ofMillis(check("passedOverMillis", c.passedOverMillis(), 1, MAX_PASSED_OVER_MILLIS)),
                check("extraBusyThreads", c.extraBusyThreads(), 0, MAX_EXTRA_BUSY),
                Duration.ofMillis(check("pollMillis", c.pollMillis(), 1, MAX_POLL_MILLIS)),
                Watching.of(
                        PID,
                        c.monitorShortestMillis(),
                        c.monitorLongestMillis(),
                        c.monitorSilenceMillis(),
                        c.reportAfterMillis(),
                        c.stacksPerSecond()));
    }

    /** Returns one processor for each of the machine's, and the other defaults. */
    static Settings defaults() {
        return new Settings(
                ofThisMachine(),
                AdaptiveConfiguration.THREADS,
                Duration.ofMillis(AdaptiveConfiguration.SLICE_MILLIS),
                Duration.ofSeconds(AdaptiveConfiguration.KEEP_ALIVE_SECONDS));
    }

    private static int ofThisMachine() {
        return Math.min(MAX_PROCESSORS, Runtime.getRuntime().availableProcessors());
    }

    private static int check(String key, int value, int min, int max) {
        return Range.check(PID, key, value, min, max);
    }
}
