package dev.gearbox.support;

/** The time that deadlines are measured by; a seam for tests. Thread-safe. */
@FunctionalInterface
public interface Clock {
    /** {@link System#nanoTime()}. */
    Clock SYSTEM = System::nanoTime;

    /** Returns the time in nanoseconds since an arbitrary origin; compare by subtraction only. */
    long nanoTime();
}
