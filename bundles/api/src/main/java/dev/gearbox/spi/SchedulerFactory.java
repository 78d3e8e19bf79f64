package dev.gearbox.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes a scheduler for plain Java; found by {@link java.util.ServiceLoader}. */
@ConsumerType
public interface SchedulerFactory {
    /** Returns the service ranking that the scheduler would have in OSGi; the highest comes into gear. */
    int ranking();

    /** Makes a scheduler with the default configuration; whoever called closes it. */
    Scheduler create();
}
