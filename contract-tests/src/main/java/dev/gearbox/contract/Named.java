package dev.gearbox.contract;

import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import dev.gearbox.spi.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** A scheduler under another name, which also notes how it is driven and can be made to refuse. Thread-safe. */
public final class Named implements Scheduler {
    private final String name;
    private final Scheduler scheduler;
    private final List<String> driven = new ArrayList<>();
    private volatile boolean refusing;

    /** Gives a scheduler this name. */
    public Named(String name, Scheduler scheduler) {
        this.name = name;
        this.scheduler = scheduler;
    }

    /** Makes it refuse from now on, as a closed one does. */
    public void refuse() {
        refusing = true;
    }

    /** Returns the scheduler without the name. */
    public Scheduler unnamed() {
        return scheduler;
    }

    /** Returns what {@link #drive} was called for, in order. */
    public synchronized List<String> driven() {
        return List.copyOf(driven);
    }

    private Scheduler accepting() {
        if (refusing) {
            throw new RejectedExecutionException(name + " refuses");
        }
        return scheduler;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void execute(Runnable run) {
        accepting().execute(run);
    }

    @Override
    public void executeYielded(Runnable run) {
        accepting().executeYielded(run);
    }

    @Override
    public void executeBlocking(Runnable run) {
        accepting().executeBlocking(run);
    }

    @Override
    public void handBack() {
        scheduler.handBack();
    }

    @Override
    public void drive(Reactor reactor, Timers timers) {
        synchronized (this) {
            driven.add((reactor == null ? "no reactor, " : "reactor, ") + (timers == null ? "no timers" : "timers"));
        }
        scheduler.drive(reactor, timers);
    }

    @Override
    public void renewThreads() {
        scheduler.renewThreads();
    }

    @Override
    public SchedulerStatistics statistics() {
        return scheduler.statistics();
    }

    @Override
    public void close() {
        scheduler.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
