package dev.gearbox.scheduler.adaptive;

import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerFactory;

/** Makes adaptive schedulers for plain Java. */
public final class AdaptiveSchedulerFactory implements SchedulerFactory {
    /** For {@link java.util.ServiceLoader}. */
    public AdaptiveSchedulerFactory() {}

    @Override
    public int ranking() {
        return AdaptiveScheduler.RANKING;
    }

    @Override
    public Scheduler create() {
        return new AdaptiveScheduler(Settings.defaults());
    }
}
