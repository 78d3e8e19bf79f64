package dev.gearbox.contract;

import dev.gearbox.spi.Scheduler;

/** The simplest scheduler keeps the contract, so the contract can be kept. */
class ReferenceSchedulerTest extends SchedulerContract {
    @Override
    protected Scheduler newScheduler() {
        return new ReferenceScheduler(SchedulerFixture.PROCESSORS, 64);
    }

    @Override
    protected Scheduler newScheduler(int maxThreads) {
        return new ReferenceScheduler(Math.min(maxThreads, SchedulerFixture.PROCESSORS), maxThreads);
    }
}
