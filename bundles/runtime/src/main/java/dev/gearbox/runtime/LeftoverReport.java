package dev.gearbox.runtime;

import java.lang.System.Logger.Level;

/** Tells which tasks of a stopped owner still run after the grace period. */
final class LeftoverReport {
    private static final System.Logger LOG = System.getLogger(LeftoverReport.class.getName());

    private LeftoverReport() {}

    /** Logs each of them, with the stack of its thread where it has one. */
    static void log(Owner owner) {
        for (TaskCell<?> task : owner.live()) {
            Thread runner = task.runner();
            IllegalStateException where = new IllegalStateException("still running");
            where.setStackTrace(runner == null ? new StackTraceElement[0] : runner.getStackTrace());
            LOG.log(Level.WARNING, owner.name() + " has stopped, but its task " + task.name() + " goes on", where);
        }
    }
}
