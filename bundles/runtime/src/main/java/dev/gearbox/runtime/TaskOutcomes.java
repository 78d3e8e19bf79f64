package dev.gearbox.runtime;

import dev.gearbox.support.Clock;
import dev.gearbox.support.DurationRecorder;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all tasks of a runtime leave behind: rare outcomes, sampled times and reports; a task that ended in no rare way
 * ended with a value.
 */
final class TaskOutcomes {
    final LongAdder failed = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder refused = new LongAdder();
    /** Why nothing runs any more; null while the runtime is up. */
    private volatile String stopped;

    final UnobservedFailures unobserved = new UnobservedFailures();
    final BlockedTasks blocked = new BlockedTasks(Clock.SYSTEM, 100);
    final DurationRecorder timeInQueue = new DurationRecorder();
    final DurationRecorder timeInPoll = new DurationRecorder();

    String stopped() {
        return stopped;
    }

    void stop(String why) {
        stopped = why;
    }
}
