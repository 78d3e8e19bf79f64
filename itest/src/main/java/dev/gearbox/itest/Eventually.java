package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what is to come true, and fails when it does not within a time that is far longer than it takes; the failure
 * tells what all threads of ours were doing then.
 */
final class Eventually {
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private Eventually() {
    }

    /** Looks every half millisecond. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        await(() -> what, condition);
    }

    /** Looks every half millisecond; the text is made when the condition has not come true. */
    static void await(Callable<String> what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > DEADLINE.toNanos()) {
                fail("not within " + DEADLINE + ": " + what.call() + Diagnosis.text());
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
