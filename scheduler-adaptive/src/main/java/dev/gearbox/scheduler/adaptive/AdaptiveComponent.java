package dev.gearbox.scheduler.adaptive;

import dev.gearbox.spi.Scheduler;
import java.lang.System.Logger.Level;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The adaptive scheduler as a service; takes new configuration in place. */
@Component(
        service = Scheduler.class,
        configurationPid = Settings.PID,
        property = Scheduler.NAME_PROPERTY + "=" + AdaptiveScheduler.NAME)
@Designate(ocd = AdaptiveConfiguration.class)
public final class AdaptiveComponent extends AdaptiveScheduler {
    /**
     * Makes the scheduler; threads come with the first work.
     *
     * @throws IllegalArgumentException if a value is out of range; names it and the range
     */
    @Activate
    public AdaptiveComponent(AdaptiveConfiguration configuration) {
        super(Settings.of(configuration));
    }

    /** Takes a new configuration; if a value is out of range that is logged and all old values stay. */
    @Modified
    void modified(AdaptiveConfiguration configuration) {
        try {
            reconfigure(Settings.of(configuration));
        } catch (IllegalArgumentException wrong) {
            Machine.LOG.log(Level.ERROR, wrong.getMessage() + "; the old values stay");
        }
    }

    @Override
    @Deactivate
    public void close() {
        super.close();
    }
}
