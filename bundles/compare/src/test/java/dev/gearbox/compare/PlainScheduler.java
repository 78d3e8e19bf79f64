package dev.gearbox.compare;

import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A scheduler of two threads and one queue, for tests of what runs on schedulers. */
public final class PlainScheduler implements Scheduler {
    private final String name;
    private final AtomicLong polls = new AtomicLong();
    private final ThreadPoolExecutor threads;

    private final int handOversPerLook;
    private final AtomicLong looks = new AtomicLong();

    /** Claims so many more hand-overs at each look at its statistics, which is a lie. */
    public PlainScheduler(String name, int handOversPerLook) {
        this.name = name;
        this.handOversPerLook = handOversPerLook;
        threads = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void execute(Runnable run) {
        threads.execute(() -> {
            polls.incrementAndGet();
            run.run();
        });
    }

    @Override
    public void executeBlocking(Runnable run) {
        execute(run);
    }

    @Override
    public void handBack() {}

    @Override
    public void renewThreads() {}

    @Override
    public SchedulerStatistics statistics() {
        long handOvers = handOversPerLook * looks.incrementAndGet();
        return new SchedulerStatistics(
                2, 2, threads.getActiveCount(), 0, 0, threads.getQueue().size(), polls.get(), 0, 0, 0, handOvers, 0, 0, 0, 2, 0, 0, false);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
