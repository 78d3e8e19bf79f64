package dev.gearbox.runtime;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;

/** The plainest scheduler: some threads and one queue. */
final class PoolScheduler implements Scheduler {
    private static final Runnable END = () -> {};

    private final String name;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    PoolScheduler(String name, int threadCount) {
        this.name = name;
        for (int i = 0; i < threadCount; i++) {
            Thread thread = new Thread(this::work, name + "-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void work() {
        try {
            for (Runnable run = queue.take(); run != END; run = queue.take()) {
                run.run();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void execute(Runnable run) {
        if (closed) {
            throw new RejectedExecutionException(name + " has closed");
        }
        queue.add(run);
    }

    @Override
    public void executeBlocking(Runnable run) {
        execute(run);
    }

    @Override
    public void handBack() {
        List<Runnable> all = new ArrayList<>();
        queue.drainTo(all);
        for (Runnable run : all) {
            if (run instanceof Run queued) {
                queued.handBack();
            } else {
                queue.add(run);
            }
        }
    }

    @Override
    public void renewThreads() {
        // nothing is kept in thread-locals here
    }

    @Override
    public SchedulerStatistics statistics() {
        int count = threads.size();
        return new SchedulerStatistics(
                count, count, count, 0, 0, queue.size(), 0, 0, 0, 0, 0, 0, 0, 0, count, 0, 0, false);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        handBack();
        threads.forEach(thread -> queue.add(END));
    }
}
