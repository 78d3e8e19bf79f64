package dev.gearbox.scheduler.classic;

import java.time.Duration;

/** Schedulers of a chosen size for tests. */
final class Small {
    private Small() {}

    /** Returns one that runs ordinary tasks on at most this many threads. */
    static ClassicScheduler scheduler(int maxThreads) {
        int workers = Math.min(maxThreads, Runtime.getRuntime().availableProcessors());
        return new ClassicScheduler(settings(workers, maxThreads - workers, 16, Duration.ofSeconds(10)));
    }

    /** Returns settings. */
    static Settings settings(int workers, int replacements, int blocking, Duration keepAlive) {
        return new Settings(workers, replacements, blocking, keepAlive);
    }
}
