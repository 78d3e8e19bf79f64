package dev.gearbox.scheduler.adaptive;

import dev.gearbox.contract.RuntimeContract;
import dev.gearbox.spi.Scheduler;

/** Applications can rely on the runtime on the adaptive scheduler. */
class AdaptiveRuntimeTest extends RuntimeContract {
    @Override
    protected Scheduler newScheduler() {
        return new AdaptiveSchedulerFactory().create();
    }

    @Override
    protected Scheduler newScheduler(int maxThreads) {
        return Schedulers.small(maxThreads);
    }
}
