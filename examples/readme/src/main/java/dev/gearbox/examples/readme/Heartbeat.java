package dev.gearbox.examples.readme;

import dev.gearbox.AsyncRuntime;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Logs a line each second; its task belongs to this bundle and ends when the bundle stops. */
@Component
public final class Heartbeat {
    private static final System.Logger LOG = System.getLogger("heartbeat");

    /** Starts the task. */
    @Activate
    public Heartbeat(@Reference AsyncRuntime runtime) {
        runtime.task().name("heartbeat").spawn(() -> {
            for (int beat = 1; ; beat++) {
                runtime.sleep(Duration.ofSeconds(1)).await();
                LOG.log(Level.INFO, "beat {0}", beat);
            }
        });
    }
}
