package dev.gearbox.scheduler.classic;

import dev.gearbox.contract.RuntimeContract;
import dev.gearbox.spi.Scheduler;

/** The runtime keeps its contract on the classic scheduler. */
class ClassicRuntimeTest extends RuntimeContract {
    @Override
    protected Scheduler newScheduler() {
        return new ClassicSchedulerFactory().create();
    }

    @Override
    protected Scheduler newScheduler(int maxThreads) {
        return Small.scheduler(maxThreads);
    }
}
