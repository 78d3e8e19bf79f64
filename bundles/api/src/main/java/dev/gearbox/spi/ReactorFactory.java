package dev.gearbox.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes a reactor for plain Java; found by {@link java.util.ServiceLoader}. */
@ConsumerType
public interface ReactorFactory {
    /** Makes a reactor with the default configuration; whoever called closes it. */
    Reactor create();
}
