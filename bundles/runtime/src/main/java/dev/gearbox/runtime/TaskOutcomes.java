package dev.gearbox.runtime;

import java.util.concurrent.atomic.LongAdder;

/** The rare outcomes of tasks, for the whole runtime; a task that ended in no rare way ended with a value. */
final class TaskOutcomes {
    final LongAdder failed = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder refused = new LongAdder();
    /** Why nothing runs any more; null while the runtime is up. */
    private volatile String stopped;

    final UnobservedFailures unobserved = new UnobservedFailures();

    String stopped() {
        return stopped;
    }

    void stop(String why) {
        stopped = why;
    }
}
