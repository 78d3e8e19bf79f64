package dev.gearbox.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes a timer service for plain Java; found by {@link java.util.ServiceLoader}. */
@ConsumerType
public interface TimersFactory {
    /** Makes a timer service with the default configuration; whoever called closes it. */
    Timers create();
}
