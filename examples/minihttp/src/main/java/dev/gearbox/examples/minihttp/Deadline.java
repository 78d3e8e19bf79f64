package dev.gearbox.examples.minihttp;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.time.Duration;

/*
 * A deadline that is moved far more often than it passes. Moving it later leaves the sleep alone, which will find when it
 * ends that there is more to wait for; so a busy connection arms one timer in a while instead of one for each request.
 */
/** A moment by which something is to have happened; can be moved. Not thread-safe. */
final class Deadline implements AutoCloseable {
    private final AsyncRuntime runtime;
    private long deadline;
    /** Null if none is armed. */
    private Pollable<Void> sleep;

    private long sleepEnd;

    Deadline(AsyncRuntime runtime) {
        this.runtime = runtime;
    }

    /** Moves the deadline to so long after now; to be called before the first {@link #pollPassed}. */
    void set(Duration fromNow) {
        deadline = System.nanoTime() + fromNow.toNanos();
        if (sleep != null && sleepEnd - deadline > 0) {
            close();
        }
    }

    /** Returns whether the deadline has passed; if not, the waker is woken when it does, or before. */
    boolean pollPassed(Waker waker) throws Exception {
        while (true) {
            if (sleep == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                sleepEnd = deadline;
                sleep = runtime.sleep(Duration.ofNanos(left));
            }
            if (!sleep.poll(waker).isReady()) {
                return false;
            }
            sleep = null;
        }
    }

    @Override
    public void close() {
        if (sleep != null) {
            sleep.close();
            sleep = null;
        }
    }
}
