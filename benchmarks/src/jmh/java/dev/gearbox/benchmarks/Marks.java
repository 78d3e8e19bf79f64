package dev.gearbox.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;

/** What the tasks of spawn-many leave behind, one byte each. */
final class Marks {
    private Marks() {}

    /** Leaves a mark; the last one to do so ends the iteration. */
    static void leave(byte[] marks, int index, AtomicInteger missing, Finish finish) {
        marks[index]++;
        if (missing.decrementAndGet() == 0) {
            finish.arrive();
        }
    }

    /** Fails unless each task left one. */
    static void check(byte[] marks) {
        for (byte mark : marks) {
            TaskEngine.check("runs of a task", mark, 1);
        }
    }
}
