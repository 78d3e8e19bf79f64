package dev.gearbox.scheduler.classic;

import dev.gearbox.contract.SwapContract;
import dev.gearbox.spi.Scheduler;

/** Changes of gear between two classic schedulers, one of them small. */
class ClassicSwapTest extends SwapContract {
    @Override
    protected Scheduler newFirst() {
        return new ClassicSchedulerFactory().create();
    }

    @Override
    protected Scheduler newSecond() {
        return Small.scheduler(2);
    }
}
