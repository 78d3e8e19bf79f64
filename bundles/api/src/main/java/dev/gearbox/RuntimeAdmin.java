package dev.gearbox;

import dev.gearbox.spi.ReactorStatistics;
import dev.gearbox.spi.TimersStatistics;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Shows and selects the gear of a runtime, and lists the tasks of all its owners.
 *
 * <p>In gear is the pinned scheduler, else the one with the highest service ranking, else with the lowest service id. If
 * there is none, or the pinned one is absent, the runtime is in neutral gear and holds every task. Thread-safe.
 */
@ProviderType
public interface RuntimeAdmin {
    /** Returns the schedulers present, by descending preference. */
    List<SchedulerInfo> schedulers();

    /** Returns the name of the scheduler in gear; empty means neutral gear. */
    Optional<String> inGear();

    /** Returns the name that is pinned, whether or not a scheduler of that name is present. */
    Optional<String> pinned();

    /**
     * Pins the scheduler with this name until {@link #useAuto()}; all that is queued moves to it at once.
     *
     * @throws IllegalArgumentException if no such scheduler is present; the message names those that are
     */
    void use(String scheduler);

    /** Takes the pin away, also one that the configuration has set. */
    void useAuto();

    /** Returns the live tasks of all owners, in no particular order; a snapshot. */
    List<TaskInfo> tasks();

    /**
     * Returns the latest reports of tasks that kept their threads for long, oldest first; how many are kept is configured.
     *
     * <p>The report of a poll that has ended takes the place of the one that came while it went on.
     */
    List<BlockedTaskReport> blockedTasks();

    /** Returns the places where tasks kept their threads for long, the greatest total first; up to 1 000 are kept. */
    List<BlockedCallSite> blockedCallSites();

    /** Returns the runtime's own counts. */
    RuntimeStatistics statistics();

    /** Returns the counts of the reactor, if one is present. */
    Optional<ReactorStatistics> reactor();

    /** Returns the counts of the timers, if they are present. */
    Optional<TimersStatistics> timers();
}
