package dev.gearbox.scheduler.adaptive;

import java.time.Duration;

/**
 * How large an adaptive scheduler is, and how patient.
 *
 * @param processors how many threads may run tasks at once
 * @param maxThreads how many threads there may be
 * @param slice how long a computing task may keep its processor while others wait
 * @param keepAlive how long a spare thread stays that is not needed
 */
record Settings(int processors, int maxThreads, Duration slice, Duration keepAlive) {
    /** The persistent identity of the configuration. */
    static final String PID = "dev.gearbox.scheduler.adaptive";

    static final int MAX_PROCESSORS = 1_024;
    static final int MAX_THREADS = 32_767;
    static final int MAX_SLICE_MILLIS = 10_000;
    static final int MAX_KEEP_ALIVE_SECONDS = 86_400;

    /** More processors than threads would never be used. */
    Settings {
        processors = Math.min(processors, maxThreads);
    }

    /** Checks a configuration; throws {@link IllegalArgumentException}, which names what is wrong, before any change. */
    static Settings of(AdaptiveConfiguration configuration) {
        int processors = check("processors", configuration.processors(), 0, MAX_PROCESSORS);
        return new Settings(
                processors == 0 ? ofThisMachine() : processors,
                check("maxThreads", configuration.maxThreads(), 1, MAX_THREADS),
                Duration.ofMillis(check("sliceMillis", configuration.sliceMillis(), 1, MAX_SLICE_MILLIS)),
                Duration.ofSeconds(
                        check("keepAliveSeconds", configuration.keepAliveSeconds(), 1, MAX_KEEP_ALIVE_SECONDS)));
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
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    PID + ": " + key + " is " + value + ", allowed is " + min + " to " + max);
        }
        return value;
    }
}
