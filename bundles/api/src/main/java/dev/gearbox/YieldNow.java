package dev.gearbox;

import dev.gearbox.spi.WorkerThread;
import java.util.concurrent.RejectedExecutionException;

/** Pending once; the wake comes at once, or, to a thread that is going to block for it, from behind what is queued. */
final class YieldNow implements Pollable<Void> {
    private boolean yielded;

    @Override
    public Poll<Void> poll(Waker waker) {
        if (yielded) {
            return Poll.ready(null);
        }
        yielded = true;
        if (Thread.currentThread() instanceof WorkerThread worker && worker.currentRun() != waker) {
            wakeFromTheQueue(worker, waker);
        } else {
            waker.wake();
        }
        return Poll.pending();
    }

    private static void wakeFromTheQueue(WorkerThread worker, Waker waker) {
        try {
            worker.scheduler().executeYielded(waker::wake);
        } catch (RejectedExecutionException closed) {
            waker.wake(); // nobody is left to give way to
        }
    }
}
