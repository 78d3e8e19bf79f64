package dev.gearbox.contract;

import dev.gearbox.Task;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must become true, with a deadline that only a hang reaches. */
public final class Eventually {
    private static final long POLL_NANOS = 100_000;

    private static volatile Duration patience = Duration.ofSeconds(Integer.getInteger("gearbox.test.patience", 20));

    private Eventually() {}

    /** Returns how long a test waits before it calls something a hang. */
    public static Duration patience() {
        return patience;
    }

    /** Changes the patience; for tests that want to see a hang. Returns what it was. */
    static Duration setPatience(Duration changed) {
        Duration before = patience;
        patience = changed;
        return before;
    }

    /**
     * Polls the condition until it holds.
     *
     * @param what completes the sentence "did not happen in time: …"; asked at the end only
     */
    public static void until(Supplier<String> what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError("did not happen in time: " + what.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Polls the condition until it holds. */
    public static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /** Waits for the end of a task, and returns its value. */
    public static <T> T value(Task<T> task) throws Exception {
        until(() -> "the end of " + task.info(), task::isDone);
        return task.await();
    }

    /** Waits for the latch. */
    public static void open(String what, CountDownLatch latch) {
        try {
            if (!latch.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("did not happen in time: " + what + " (" + latch.getCount() + " missing)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for: " + what, e);
        }
    }
}
