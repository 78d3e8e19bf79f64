package dev.gearbox.contract;

import dev.gearbox.spi.Scheduler;

/** Changes of gear between two of the simplest schedulers. */
class ReferenceSwapTest extends SwapContract {
    @Override
    protected Scheduler newFirst() {
        return new ReferenceScheduler(SchedulerFixture.PROCESSORS, 64);
    }

    @Override
    protected Scheduler newSecond() {
        return new ReferenceScheduler(1, 8);
    }
}
