package dev.gearbox.scheduler.adaptive;

import dev.gearbox.contract.SwapContract;
import dev.gearbox.spi.Scheduler;

/** Changes of gear between two adaptive schedulers, one of them small. */
class AdaptiveSwapTest extends SwapContract {
    @Override
    protected Scheduler newFirst() {
        return new AdaptiveSchedulerFactory().create();
    }

    @Override
    protected Scheduler newSecond() {
        return Schedulers.small(2);
    }
}
