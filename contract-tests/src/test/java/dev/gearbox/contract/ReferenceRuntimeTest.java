package dev.gearbox.contract;

import dev.gearbox.spi.Scheduler;

/** The runtime keeps its contract on the simplest scheduler. */
class ReferenceRuntimeTest extends RuntimeContract {
    @Override
    protected Scheduler newScheduler() {
        return new ReferenceScheduler(SchedulerFixture.PROCESSORS, 64);
    }

    @Override
    protected Scheduler newScheduler(int maxThreads) {
        return new ReferenceScheduler(Math.min(maxThreads, SchedulerFixture.PROCESSORS), maxThreads);
    }
}
