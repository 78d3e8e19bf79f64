package dev.gearbox.contract;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;

/** A seeded scheduler that breaks the contract in one way. */
final class Saboteur implements Scheduler {
    /** The way to break it. */
    enum Fault {
        DROPS_SOME,
        DOUBLES_SOME,
        DOES_NOT_HAND_BACK,
        DOES_NOT_HAND_BACK_AT_CLOSE
    }

    private final SeededScheduler scheduler;
    private final Fault fault;
    private int count;

    Saboteur(SeededScheduler scheduler, Fault fault) {
        this.scheduler = scheduler;
        this.fault = fault;
    }

    @Override
    public String name() {
        return scheduler.name();
    }

    @Override
    public void execute(Runnable run) {
        boolean now = run instanceof Run && ++count % 20 == 0;
        if (now && fault == Fault.DROPS_SOME) {
            return;
        }
        scheduler.execute(run);
        if (now && fault == Fault.DOUBLES_SOME) {
            scheduler.execute(run);
        }
    }

    @Override
    public void executeBlocking(Runnable run) {
        execute(run);
    }

    @Override
    public void handBack() {
        if (fault != Fault.DOES_NOT_HAND_BACK) {
            scheduler.handBack();
        }
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
        if (fault == Fault.DOES_NOT_HAND_BACK_AT_CLOSE) {
            scheduler.setStuck(true);
            scheduler.refuse();
        } else {
            scheduler.close();
        }
    }
}
