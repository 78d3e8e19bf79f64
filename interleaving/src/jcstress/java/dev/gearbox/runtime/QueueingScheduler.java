package dev.gearbox.runtime;

import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

/** Only queues, so that a test decides who runs what; a closed one refuses. Thread-safe. */
final class QueueingScheduler implements Scheduler {
    private static final int MOST_RUNS = 100;

    private final ConcurrentLinkedQueue<Runnable> queued = new ConcurrentLinkedQueue<>();
    private final boolean closed;

    QueueingScheduler(boolean closed) {
        this.closed = closed;
    }

    /** Runs the oldest run, if there is one. */
    void runOne() {
        Runnable run = queued.poll();
        if (run != null) {
            run.run();
        }
    }

    /** Runs until nothing is queued, but not for ever if a fault queues again and again. */
    void runAll() {
        for (int i = 0; i < MOST_RUNS && !queued.isEmpty(); i++) {
            runOne();
        }
    }

    int size() {
        return queued.size();
    }

    @Override
    public void execute(Runnable run) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        queued.add(run);
    }

    @Override
    public void executeBlocking(Runnable run) {
        execute(run);
    }

    @Override
    public String name() {
        return "queueing";
    }

    @Override
    public void handBack() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void renewThreads() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SchedulerStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
