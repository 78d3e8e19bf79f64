package dev.gearbox.contract;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;

/**
 * A scheduler without threads: the caller of {@link #runOne()} runs what a seeded random picks. The same seed gives the
 * same order. Not thread-safe.
 *
 * <p>It can be made to interfere: what other threads might do in the moment before a call takes effect happens inside
 * that call, on the caller's stack. Of a run's stack it promises nothing but that {@code execute} only queues.
 */
public final class SeededScheduler implements Scheduler {
    /** Runs what was picked. */
    @FunctionalInterface
    interface Runner {
        void run(SeededScheduler scheduler, Runnable picked);
    }

    private final String name;
    private final Random random;
    private final Runner runner;
    private final List<Runnable> queue = new ArrayList<>();
    private Runnable interference = () -> {};
    private boolean isStuck;
    private boolean closed;
    private long polls;
    private long handedBack;

    /** Makes a scheduler on whose caller's stack runs are run as they are. */
    public SeededScheduler(long seed) {
        this("seeded", new Random(seed), (scheduler, picked) -> picked.run());
    }

    SeededScheduler(String name, Random random, Runner runner) {
        this.name = name;
        this.random = random;
        this.runner = runner;
    }

    /** Sets what happens inside each call before it takes effect. */
    void interfereBy(Runnable interference) {
        this.interference = interference;
    }

    /** Runs one of the queued runs; returns whether there was one. */
    public boolean runOne() {
        List<Runnable> able = able();
        if (able.isEmpty()) {
            return false;
        }
        Runnable picked = able.get(random.nextInt(able.size()));
        queue.remove(picked);
        polls += picked instanceof Run ? 1 : 0;
        runner.run(this, picked);
        return true;
    }

    private List<Runnable> able() {
        return isStuck ? queue.stream().filter(run -> !(run instanceof Run)).toList() : queue;
    }

    /** Sets whether all that would run its runs is stuck; plain runnables are run all the same. */
    void setStuck(boolean stuck) {
        isStuck = stuck;
    }

    /** Runs until nothing is queued; returns how many were run. */
    public int runUntilIdle() {
        int count = 0;
        while (runOne()) {
            count++;
        }
        return count;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void execute(Runnable run) {
        interference.run();
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
        interference.run();
        List<Run> runs = new ArrayList<>();
        queue.removeIf(run -> run instanceof Run owned && runs.add(owned));
        handedBack += runs.size();
        runs.forEach(Run::handBack);
    }

    @Override
    public void renewThreads() {
        interference.run();
    }

    @Override
    public SchedulerStatistics statistics() {
        return new SchedulerStatistics(
                0, 0, 0, 0, 0, queue.size(), polls, 0, 0, 0, 0, 0, 0, handedBack, 0, 0, 0, false);
    }

    @Override
    public void close() {
        closed = true;
        handBack();
        List<Runnable> plain = new ArrayList<>(queue);
        queue.clear();
        plain.forEach(Runnable::run);
    }

    /** Refuses from now on, and does nothing else of what closing is. */
    void refuse() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isIdle() {
        return able().isEmpty();
    }

    /** Returns how many runs and plain runnables are queued. */
    public int queued() {
        return queue.size();
    }
}
