package dev.gearbox.support;

import dev.gearbox.Waker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Delivers wakes on threads that must outlive a faulty waker. */
public final class Wakes {
    private static final Logger LOG = System.getLogger(Wakes.class.getName());

    private Wakes() {}

    /** Wakes; what a waker throws against its contract is logged and goes no further. */
    public static void deliver(Waker waker) {
        try {
            waker.wake();
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "a waker failed", e);
        }
    }
}
