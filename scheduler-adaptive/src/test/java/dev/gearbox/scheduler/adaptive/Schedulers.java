package dev.gearbox.scheduler.adaptive;

import java.time.Duration;

/** Schedulers of the sizes that tests need. */
final class Schedulers {
    private Schedulers() {}

    /** A scheduler with at most this many threads, and no more processors than the machine has. */
    static AdaptiveScheduler small(int maxThreads) {
        return of(Runtime.getRuntime().availableProcessors(), maxThreads);
    }

    /** A scheduler with this many processors and threads. */
    static AdaptiveScheduler of(int processors, int maxThreads) {
        return new AdaptiveScheduler(
                new Settings(processors, maxThreads, Duration.ofMillis(10), Duration.ofSeconds(10)));
    }
}
