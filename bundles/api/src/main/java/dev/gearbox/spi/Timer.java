package dev.gearbox.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** One armed timer. Thread-safe. */
@ConsumerType
public interface Timer {
    /** Disarms it and lets its waker go at once; returns whether it was still armed. */
    boolean cancel();

    /** Returns whether it has neither fired nor been cancelled, and its service is open. */
    boolean isArmed();
}
