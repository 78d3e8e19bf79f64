package dev.gearbox.scheduler.adaptive;

import java.util.concurrent.TimeUnit;

/** Runs the last plain runnables of a scheduler that closes. */
final class Closing {
    private Closing() {}

    /** Runs it on a thread of its own and waits for that until the deadline; in place if there is no thread. */
    static void run(Runnable last, long deadlineNanos) {
        Thread thread = Machines.detached(() -> new Thread(Machines.GROUP, last, "gearbox-adaptive-closing", 0, false));
        thread.setDaemon(true);
        thread.setContextClassLoader(Closing.class.getClassLoader());
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            last.run();
            return;
        }
        join(thread, deadlineNanos);
    }

    /** Waits for the end of a thread until the deadline, interrupted or not. */
    static void join(Thread thread, long deadlineNanos) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            long nanos = deadlineNanos - System.nanoTime();
            if (nanos <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
