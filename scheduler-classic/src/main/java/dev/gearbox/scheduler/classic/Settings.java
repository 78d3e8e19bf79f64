package dev.gearbox.scheduler.classic;

import dev.gearbox.support.Range;
import dev.gearbox.support.Watching;
import java.time.Duration;

/**
 * How large a classic scheduler is.
 *
 * @param workers seats for worker threads
 * @param maxReplacementThreads how many more worker threads there may be while tasks block in await
 * @param maxBlockingThreads threads of the blocking pool at most
 * @param keepAlive how long spare workers and idle threads of the blocking pool stay
 * @param dryRun whether workers are watched, and tasks reported that hold them up
 * @param watching how, if they are
 */
record Settings(
        int workers,
        int maxReplacementThreads,
        int maxBlockingThreads,
        Duration keepAlive,
        boolean dryRun,
        Watching watching) {
    /** The persistent identity of the configuration. */
    static final String PID = "dev.gearbox.scheduler.classic";

    static final int MAX_WORKERS = 1024;
    static final int MAX_THREADS = 32_768;
    static final int MAX_SECONDS = 86_400;

    /** No dry run. */
    Settings(int workers, int maxReplacementThreads, int maxBlockingThreads, Duration keepAlive) {
        this(workers, maxReplacementThreads, maxBlockingThreads, keepAlive, false, Watching.DEFAULT);
    }

    /** Checks a configuration; throws {@link IllegalArgumentException}, which names what is wrong, before any change. */
    static Settings of(ClassicConfiguration c) {
        int workers = check("workers", c.workers(), 0, MAX_WORKERS);
        return new Settings(
                workers == 0 ? Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors()) : workers,
                check("maxReplacementThreads", c.maxReplacementThreads(), 0, MAX_THREADS),
                check("maxBlockingThreads", c.maxBlockingThreads(), 1, MAX_THREADS),
                Duration.ofSeconds(check("blockingKeepAliveSeconds", c.blockingKeepAliveSeconds(), 1, MAX_SECONDS)),
                c.dryRun(),
                Watching.of(
                        PID,
                        c.monitorShortestMillis(),
                        c.monitorLongestMillis(),
                        c.monitorSilenceMillis(),
                        c.reportAfterMillis(),
                        c.stacksPerSecond()));
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
        return Range.check(PID, key, value, min, max);
    }
}
