package dev.gearbox.scheduler.adaptive;

import dev.gearbox.contract.SwapContract;
import dev.gearbox.scheduler.classic.ClassicSchedulerFactory;
import dev.gearbox.spi.Scheduler;

/** Changes of gear from the classic scheduler to the adaptive one and back. */
class ClassicToAdaptiveSwapTest extends SwapContract {
    @Override
    protected Scheduler newFirst() {
        return new ClassicSchedulerFactory().create();
    }

    @Override
    protected Scheduler newSecond() {
        return new AdaptiveSchedulerFactory().create();
    }
}
