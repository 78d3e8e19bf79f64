package dev.gearbox.timers;

import dev.gearbox.support.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until a test moves it. */
final class ManualClock implements Clock {
    private final AtomicLong now;
    private final AtomicReference<Runnable> atNextLook = new AtomicReference<>();

    ManualClock(long start) {
        now = new AtomicLong(start);
    }

    @Override
    public long nanoTime() {
        Runnable action = atNextLook.getAndSet(null);
        if (action != null) {
            action.run();
        }
        return now.get();
    }

    /** Runs this once, in the midst of whatever asks for the time next. */
    void atNextLook(Runnable action) {
        atNextLook.set(action);
    }

    void advance(long nanos) {
        now.addAndGet(nanos);
    }
}
