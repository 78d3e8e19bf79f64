package dev.gearbox.spi;

import dev.gearbox.Waker;
import org.osgi.annotation.versioning.ConsumerType;

/** Turns deadlines into wakes. Thread-safe; when it closes it wakes every waiter. */
@ConsumerType
public interface Timers extends EventSource {
    /**
     * Arms a timer that wakes once, at the deadline or soon after, never before.
     *
     * @param deadline in terms of {@link System#nanoTime()}; one that is past is due at once
     * @throws java.util.concurrent.RejectedExecutionException if this service has closed
     */
    Timer arm(long deadline, Waker waker);

    /** Returns counts taken at this moment; cheap. */
    TimersStatistics statistics();
}
