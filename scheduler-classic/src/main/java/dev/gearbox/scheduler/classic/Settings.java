package dev.gearbox.scheduler.classic;

import java.time.Duration;

/**
 * How large a classic scheduler is.
 *
 * @param workers seats for worker threads
 * @param maxReplacementThreads how many more worker threads there may be while tasks block in await
 * @param maxBlockingThreads threads of the blocking pool at most
 * @param keepAlive how long spare workers and idle threads of the blocking pool stay
 */
record Settings(int workers, int maxReplacementThreads, int maxBlockingThreads, Duration keepAlive) {
    /** The persistent identity of the configuration. */
    static final String PID = "dev.gearbox.scheduler.classic";

    static final int MAX_WORKERS = 1024;
    static final int MAX_THREADS = 32_768;
    static final int MAX_SECONDS = 86_400;

    /** Checks a configuration; throws {@link IllegalArgumentException}, which names what is wrong, before any change. */
    static Settings of(ClassicConfiguration configuration) {
        int workers = check("workers", configuration.workers(), 0, MAX_WORKERS);
        return new Settings(
                workers == 0 ? Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors()) : workers,
                check("maxReplacementThreads", configuration.maxReplacementThreads(), 0, MAX_THREADS),
                check("maxBlockingThreads", configuration.maxBlockingThreads(), 1, MAX_THREADS),
                Duration.ofSeconds(check(
                        "blockingKeepAliveSeconds", configuration.blockingKeepAliveSeconds(), 1, MAX_SECONDS)));
    }

    /** Returns one worker per processor and the other defaults. */
    static Settings defaults() {
        return new Settings(
                Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors()),
                ClassicConfiguration.THREADS,
                ClassicConfiguration.THREADS,
                Duration.ofSeconds(ClassicConfiguration.KEEP_ALIVE_SECONDS));
    }

    private static int check(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    PID + ": " + key + " is " + value + ", allowed is " + min + " to " + max);
        }
        return value;
    }
}
