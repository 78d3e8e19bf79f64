package dev.gearbox.contract;

import dev.gearbox.support.Clock;
import java.time.Duration;

/** A clock that moves when it is told to. It starts shortly before the counter overflows. Thread-safe. */
public final class ManualClock implements Clock {
    private volatile long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    @Override
    public long nanoTime() {
        return now;
    }

    /** Moves the clock; {@link ManualTimers#advance} does that together with its timers. */
    synchronized void add(long nanos) {
        now += nanos;
    }
}
