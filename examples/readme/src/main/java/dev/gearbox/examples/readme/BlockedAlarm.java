package dev.gearbox.examples.readme;

import dev.gearbox.BlockedTaskListener;
import dev.gearbox.BlockedTaskReport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/** Logs an error when a task has kept its thread for a second. */
@Component
public final class BlockedAlarm implements BlockedTaskListener {
    private static final System.Logger LOG = System.getLogger("alarm");

    /** Called by Declarative Services. */
    public BlockedAlarm() {}

    @Override
    public void blocked(BlockedTaskReport report, long leftOut) {
        if (report.duration().compareTo(Duration.ofSeconds(1)) >= 0) {
            LOG.log(Level.ERROR, "{0} is stuck in {1}", report.task().name(), report.callSite().orElse(null));
        }
    }
}
