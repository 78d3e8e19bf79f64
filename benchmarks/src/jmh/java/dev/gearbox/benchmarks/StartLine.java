package dev.gearbox.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Where tasks wait until all of them have started, so that they overlap on every implementation. Thread-safe. */
final class StartLine {
    private final AtomicReferenceArray<Runnable> resume;
    private final AtomicInteger missing;
    private volatile boolean open;

    StartLine(int tasks) {
        resume = new AtomicReferenceArray<>(tasks);
        missing = new AtomicInteger(tasks);
    }

    /** Returns whether this task may go; if not, it is resumed when it may. Each task has a place of its own. */
    boolean pass(int place, Runnable resumption) {
        if (open) {
            return true;
        }
        if (resume.getAndSet(place, resumption) == null && missing.decrementAndGet() == 0) {
            open = true;
            for (int i = 0; i < resume.length(); i++) {
                if (i != place) {
                    resume.get(i).run();
                }
            }
        }
        return open;
    }
}
