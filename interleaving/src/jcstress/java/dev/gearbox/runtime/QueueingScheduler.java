package dev.gearbox.runtime;

import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

/** Only queues, so that a test decides who runs what; a closed one refuses. Thread-safe. */
final class QueueingScheduler implements Scheduler {
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

    /** Runs until nothing is queued. */
    void runAll() {
        for (Runnable run = queued.poll(); run != null; run = queued.poll()) {
            run.run();
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
