package dev.gearbox.compare.scenarios;

import dev.gearbox.Waker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Where polled tasks wait until all of them have started, so that they overlap on every scheduler. Thread-safe. */
final class StartLine {
    private final AtomicReferenceArray<Waker> wakers;
    private final AtomicInteger missing;
    private volatile boolean open;

    StartLine(int tasks) {
        wakers = new AtomicReferenceArray<>(tasks);
        missing = new AtomicInteger(tasks);
    }

    /** Returns whether this task may go; if not it is woken when it may. Each task has a place of its own. */
    boolean pass(int place, Waker waker) {
        if (open) {
            return true;
        }
        if (wakers.getAndSet(place, waker) == null && missing.decrementAndGet() == 0) {
            open = true;
            for (int i = 0; i < wakers.length(); i++) {
                if (i != place) {
                    wakers.get(i).wake();
                }
            }
        }
        return open;
    }
}
