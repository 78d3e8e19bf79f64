package dev.gearbox.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the benchmark's thread waits for the tasks of one iteration. Thread-safe. */
final class Finish {
    /** Longer than any iteration takes: what is not there by then never comes. */
    private static final long LIMIT_SECONDS = 60;

    private final CountDownLatch missing;

    Finish(int tasks) {
        missing = new CountDownLatch(tasks);
    }

    /** One task is done. */
    void arrive() {
        missing.countDown();
    }

    /** Waits for all of them; fails if they do not come. */
    void await() throws InterruptedException {
        if (!missing.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(missing.getCount() + " tasks are missing");
        }
    }
}
