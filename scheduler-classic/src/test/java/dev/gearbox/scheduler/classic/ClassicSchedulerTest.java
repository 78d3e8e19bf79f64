package dev.gearbox.scheduler.classic;

import dev.gearbox.contract.SchedulerContract;
import dev.gearbox.spi.Scheduler;

/** The classic scheduler keeps the contract. */
class ClassicSchedulerTest extends SchedulerContract {
    @Override
    protected Scheduler newScheduler() {
        return new ClassicSchedulerFactory().create();
    }

    @Override
    protected Scheduler newScheduler(int maxThreads) {
        return Small.scheduler(maxThreads);
    }
}
