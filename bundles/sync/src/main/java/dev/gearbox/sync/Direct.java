package dev.gearbox.sync;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.WorkerThread;

/** What an await that need not wait has to look at. */
final class Direct {
    private Direct() {}

    /** Returns whether the task that calls was cancelled, so that its await is to fail. */
    static boolean isCancelled() {
        if (Thread.currentThread() instanceof WorkerThread worker) {
            Run run = worker.currentRun();
            return run != null && run.isCancelled();
        }
        return false;
    }
}
