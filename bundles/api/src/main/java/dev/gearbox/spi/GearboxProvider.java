package dev.gearbox.spi;

import dev.gearbox.Gearbox;
import org.osgi.annotation.versioning.ConsumerType;

/** Starts a Gearbox for plain Java; found by {@link java.util.ServiceLoader}. */
@ConsumerType
@FunctionalInterface
public interface GearboxProvider {
    /**
     * Starts a runtime with all that it finds.
     *
     * @throws IllegalStateException if something it needs is missing
     */
    Gearbox start();
}
