package dev.gearbox.runtime;

import java.lang.System.Logger.Level;
import java.util.List;

/** Tells which tasks of a stopped owner still run after the grace period. */
final class LeftoverReport {
    private static final System.Logger LOG = System.getLogger(LeftoverReport.class.getName());

    /** How many tasks are told one by one; a bundle may leave millions. */
    static final int MOST = 20;

    private LeftoverReport() {}

    /** Logs the first of them, each with the stack of its thread where it has one, and how many more there are. */
    static void log(Owner owner) {
        List<TaskCell<?>> left = owner.live();
        for (TaskCell<?> task : left.subList(0, Math.min(MOST, left.size()))) {
            Thread runner = task.runner();
            IllegalStateException where = new IllegalStateException("still running");
            where.setStackTrace(runner == null ? new StackTraceElement[0] : runner.getStackTrace());
            LOG.log(Level.WARNING, owner.name() + " has stopped, but its task " + task.name() + " goes on", where);
        }
        if (left.size() > MOST) {
            LOG.log(Level.WARNING, owner.name() + " has stopped, but " + (left.size() - MOST) + " more of its tasks go on");
        }
    }
}
