package dev.gearbox.shell;

import dev.gearbox.BlockedCallSite;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.RuntimeStatistics;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.TaskInfo;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands of the scope gearbox that show and change the gear and list tasks. */
@Component(
        service = GearCommands.class,
        property = {
            "osgi.command.scope=gearbox",
            "osgi.command.function=status",
            "osgi.command.function=schedulers",
            "osgi.command.function=schedulernames",
            "osgi.command.function=use",
            "osgi.command.function=tasks"
        })
public final class GearCommands {
    private static final String AUTO = "auto";
    private static final int DEFAULT_TASKS = 50;

    private final RuntimeAdmin admin;

    /** Makes the commands for the runtime of this container. */
    @Activate
    public GearCommands(@Reference RuntimeAdmin admin) {
        this.admin = admin;
    }

    /** Shows the gear, who polls, and the counts of tasks. */
    @Descriptor("Shows the gear, who polls for events, and the counts of tasks")
    public String status() {
        RuntimeStatistics counts = admin.statistics();
        return String.join(
                "\n",
                "gear       " + gear(),
                "reactor    "
                        + admin.reactor()
                                .map(reactor -> reactor.registered() + " channels, polled by "
                                        + poller(reactor.ownThread()))
                                .orElse("absent: what waits for sockets goes on waiting"),
                "timers     "
                        + admin.timers()
                                .map(timers -> timers.armed() + " armed, polled by " + poller(timers.ownThread()))
                                .orElse("absent: what sleeps goes on sleeping"),
                "tasks      " + counts.pending() + " live; " + counts.spawned() + " spawned = " + counts.completed()
                        + " completed + " + counts.failed() + " failed + " + counts.cancelled() + " cancelled + live",
                "refused    " + counts.refused() + " spawns, because a limit was reached",
                "changes    " + counts.gearChanges() + " of the gear; " + counts.held() + " runs held in neutral gear",
                "blocked    " + blocked(counts));
    }

    private String blocked(RuntimeStatistics counts) {
        List<BlockedCallSite> sites = admin.blockedCallSites();
        if (sites.isEmpty()) {
            return "no task blocked or computed for long";
        }
        BlockedCallSite worst = sites.get(0);
        return counts.blockedReports() + " reports (" + counts.blockedReportsDropped() + " not delivered), "
                + sites.size() + " call sites; worst: " + Text.of(worst.total()) + " in " + worst.count() + " polls of "
                + worst.owner() + worst.callSite().map(site -> " at " + site).orElse("");
    }

    private String gear() {
        String gear = admin.inGear().orElse("neutral: every task is held");
        String why = admin.pinned()
                .map(pin -> " (" + pin + " is pinned" + (admin.inGear().isEmpty() ? ", but absent)" : ")"))
                .orElse(admin.inGear().isEmpty() ? " (there is no scheduler)" : " (preferred)");
        return gear + why;
    }

    private String poller(boolean ownThread) {
        return ownThread ? "its own thread" : admin.inGear().orElse("nobody");
    }

    /** Lists the schedulers and their counts. */
    @Descriptor("Lists the schedulers, the preferred one first, with their counts")
    public String schedulers() {
        Table table = new Table(
                "", "name", "ranking", "threads", "running", "parked", "blocked", "queued", "polls", "steals",
                "hand-overs", "handed back");
        for (SchedulerInfo scheduler : admin.schedulers()) {
            SchedulerStatistics counts = scheduler.statistics();
            table.row(
                    (scheduler.inGear() ? "*" : " ") + (scheduler.pinned() ? "pinned" : ""),
                    scheduler.name(),
                    scheduler.ranking(),
                    counts.threads(),
                    counts.running(),
                    counts.parked(),
                    counts.blocked(),
                    counts.queued(),
                    counts.polls(),
                    counts.steals(),
                    counts.handOvers(),
                    counts.handedBack());
        }
        return table + "\n* in gear";
    }

    /** Lists the names that {@code use} takes, for completion. */
    @Descriptor("Lists the names that use takes")
    public List<String> schedulernames() {
        List<String> names = new ArrayList<>();
        admin.schedulers().forEach(scheduler -> names.add(scheduler.name()));
        names.add(AUTO);
        return names;
    }

    /** Pins a scheduler, or takes the pin away. */
    @Descriptor("Puts a scheduler in gear until the container stops; 'auto' goes back to the preferred one")
    public String use(@Descriptor("the name of a scheduler, or auto") String name) {
        if (name.equals(AUTO)) {
            admin.useAuto();
        } else {
            admin.use(name);
        }
        return "gear: " + gear();
    }

    /** Lists live tasks. */
    @Descriptor("Lists the live tasks of all bundles, oldest first: at most 50")
    public String tasks() {
        return tasks(DEFAULT_TASKS);
    }

    /** Lists live tasks. */
    @Descriptor("Lists the live tasks of all bundles, oldest first")
    public String tasks(@Descriptor("how many at most") int most) {
        if (most < 1) {
            throw new IllegalArgumentException("how many = " + most + ", but it must be at least 1");
        }
        List<TaskInfo> tasks = admin.tasks();
        Table table = new Table("id", "name", "bundle", "state", "spawned at");
        tasks.stream().sorted(Comparator.comparingLong(TaskInfo::id)).limit(most).forEach(task -> table.row(
                task.id(),
                task.name(),
                task.owner(),
                task.state() + (task.cancelled() ? ", cancelled" : ""),
                task.spawnedAt().map(String::valueOf).orElse("")));
        return table + "\n" + Math.min(most, tasks.size()) + " of " + tasks.size() + " live tasks";
    }
}
