package dev.gearbox.runtime;

import java.lang.System.Logger.Level;

/** Tells that a thread waits in neutral gear for what cannot run. */
final class NeutralGearReport {
    private static final System.Logger LOG = System.getLogger(NeutralGearReport.class.getName());

    private NeutralGearReport() {}

    /** Logs with the stack of the calling thread, which waits, if no scheduler is in gear. */
    static void logIfNeutral(SchedulerSwitch home, String awaited) {
        if (home.inGear() == null) {
            LOG.log(
                    Level.WARNING,
                    "no scheduler in gear: " + Thread.currentThread().getName() + " has waited more than 2 s for "
                            + awaited,
                    new IllegalStateException("no scheduler in gear"));
        }
    }
}
