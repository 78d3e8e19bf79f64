package dev.gearbox.scheduler.adaptive;

import dev.gearbox.contract.SchedulerContract;
import dev.gearbox.spi.Scheduler;

/** The adaptive scheduler keeps the contract. */
class AdaptiveSchedulerTest extends SchedulerContract {
    @Override
    protected Scheduler newScheduler() {
        return new AdaptiveSchedulerFactory().create();
    }

    @Override
    protected Scheduler newScheduler(int maxThreads) {
        return Schedulers.small(maxThreads);
    }
}
