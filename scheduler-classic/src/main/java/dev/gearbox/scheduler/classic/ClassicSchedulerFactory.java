package dev.gearbox.scheduler.classic;

import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerFactory;

/** Makes classic schedulers for plain Java. */
public final class ClassicSchedulerFactory implements SchedulerFactory {
    /** For {@link java.util.ServiceLoader}. */
    public ClassicSchedulerFactory() {}

    @Override
    public int ranking() {
        return 0;
    }

    @Override
    public Scheduler create() {
        return new ClassicScheduler(Settings.defaults());
    }
}
