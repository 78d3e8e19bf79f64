package dev.gearbox.timers;

import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersFactory;

/** Makes {@link TimerService}s for plain Java. */
public final class TimerServiceFactory implements TimersFactory {
    @Override
    public Timers create() {
        return new TimerService();
    }
}
