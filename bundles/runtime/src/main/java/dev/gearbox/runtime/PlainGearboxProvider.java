package dev.gearbox.runtime;

import dev.gearbox.Gearbox;
import dev.gearbox.spi.GearboxProvider;

/** Starts a Gearbox of all the parts that a service loader finds. */
public final class PlainGearboxProvider implements GearboxProvider {
    /** For the service loader. */
    public PlainGearboxProvider() {}

    @Override
    public Gearbox start() {
        return new PlainGearbox();
    }
}
