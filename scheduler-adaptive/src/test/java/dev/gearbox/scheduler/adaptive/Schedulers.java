package dev.gearbox.scheduler.adaptive;

import dev.gearbox.support.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** Schedulers of the sizes that tests need. */
final class Schedulers {
    private static final Duration SLICE = Duration.ofMillis(10);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private Schedulers() {}

    /** A scheduler with at most this many threads, and no more processors than the machine has. */
    static AdaptiveScheduler small(int maxThreads) {
        return of(Runtime.getRuntime().availableProcessors(), maxThreads);
    }

    /** A scheduler with this many processors and threads. */
    static AdaptiveScheduler of(int processors, int maxThreads) {
        return new AdaptiveScheduler(new Settings(processors, maxThreads, SLICE, KEEP_ALIVE));
    }

    /** A scheduler of the usual size with this time slice. */
    static AdaptiveScheduler withSlice(Duration slice) {
        return new AdaptiveScheduler(
                new Settings(Runtime.getRuntime().availableProcessors(), 100, slice, KEEP_ALIVE));
    }

    /** A scheduler that ends spares soon. */
    static AdaptiveScheduler impatient(int processors, int maxThreads) {
        return new AdaptiveScheduler(new Settings(processors, maxThreads, SLICE, Duration.ofMillis(1)));
    }

    /** A scheduler whose threads are started so. */
    static AdaptiveScheduler started(int processors, int maxThreads, Consumer<Thread> starter) {
        return new AdaptiveScheduler(
                new Settings(processors, maxThreads, SLICE, KEEP_ALIVE), Clock.SYSTEM, starter);
    }

    /** A scheduler whose monitor never runs: nothing is taken from a machine but by other machines. */
    static AdaptiveScheduler unwatched(int processors, int maxThreads) {
        return started(processors, maxThreads, thread -> {
            if (thread instanceof Machine) {
                thread.start();
            }
        });
    }
}
