package dev.gearbox.scheduler.classic;

import dev.gearbox.contract.SchedulerContract;
import dev.gearbox.spi.Scheduler;
import java.time.Duration;

/** The classic scheduler keeps the contract. */
class ClassicSchedulerTest extends SchedulerContract {
    @Override
    protected Scheduler newScheduler() {
        return new ClassicSchedulerFactory().create();
    }

    @Override
    protected Scheduler newScheduler(int maxThreads) {
        int workers = Math.min(maxThreads, Runtime.getRuntime().availableProcessors());
        return new ClassicScheduler(new Settings(workers, maxThreads - workers, 16, Duration.ofSeconds(10)));
    }
}
