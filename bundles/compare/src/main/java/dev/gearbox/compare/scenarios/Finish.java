package dev.gearbox.compare.scenarios;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a thread outside of the scheduler waits for the tasks of one iteration. Thread-safe. */
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

    /** Waits for all of them. */
    void await() throws InterruptedException, LostWorkException {
        if (!missing.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new LostWorkException(missing.getCount() + " tasks are missing after " + LIMIT_SECONDS + " s");
        }
    }

    /** Waits for a moment; returns whether all are there. */
    boolean await(long millis) throws InterruptedException {
        return missing.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Returns how many are not there yet. */
    long missing() {
        return missing.getCount();
    }
}
