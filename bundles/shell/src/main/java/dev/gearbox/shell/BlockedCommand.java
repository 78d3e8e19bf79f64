package dev.gearbox.shell;

import dev.gearbox.BlockedCallSite;
import dev.gearbox.BlockedTaskReport;
import dev.gearbox.RuntimeAdmin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command of the scope gearbox that shows where tasks kept their threads for long. */
@Component(
        service = BlockedCommand.class,
        property = {"osgi.command.scope=gearbox", "osgi.command.function=blocked"})
public final class BlockedCommand {
    private final RuntimeAdmin admin;

    /** Makes the command for the runtime of this container. */
    @Activate
    public BlockedCommand(@Reference RuntimeAdmin admin) {
        this.admin = admin;
    }

    /** Lists call sites, or the latest reports. */
    @Descriptor("Lists the places where tasks blocked or computed for long, the worst first: at most 20."
            + " --stack adds the stacks, --last lists the latest reports instead")
    public String blocked(@Descriptor("[--stack] [--last] [HOW-MANY]") String[] arguments) {
        BlockedOptions options = BlockedOptions.of(List.of(arguments));
        return options.latest() ? latest(options) : callSites(options);
    }

    private String callSites(BlockedOptions options) {
        List<BlockedCallSite> sites = admin.blockedCallSites();
        if (sites.isEmpty()) {
            return "no task blocked or computed for long";
        }
        Table table = new Table("#", "count", "total", "longest", "waited", "kind", "bundle", "call site");
        List<BlockedTaskReport> shown = new ArrayList<>();
        for (BlockedCallSite site : sites.subList(0, Math.min(options.most(), sites.size()))) {
            shown.add(site.latest());
            table.row(
                    shown.size(),
                    site.count(),
                    Text.of(site.total()),
                    Text.of(site.longest()),
                    site.waiting(),
                    kind(site.kind()),
                    site.owner(),
                    site.latest().callSite().map(String::valueOf).orElse("unknown"));
        }
        return table + "\n" + shown.size() + " of " + sites.size()
                + " call sites; waited: runs that waited behind such polls" + (options.stacks() ? stacks(shown) : "");
    }

    private String latest(BlockedOptions options) {
        List<BlockedTaskReport> all = new ArrayList<>(admin.blockedTasks());
        if (all.isEmpty()) {
            return "no task blocked or computed for long";
        }
        Collections.reverse(all);
        List<BlockedTaskReport> shown = all.subList(0, Math.min(options.most(), all.size()));
        Table table = new Table("#", "task", "bundle", "kind", "duration", "waited", "for", "what was done", "call site");
        for (BlockedTaskReport report : shown) {
            table.row(
                    shown.indexOf(report) + 1,
                    report.task().name(),
                    report.task().owner(),
                    kind(report.kind()),
                    Text.of(report.duration()) + (report.ended() ? "" : " so far"),
                    report.waiting(),
                    Text.of(report.waited()),
                    action(report.action()),
                    report.callSite().map(String::valueOf).orElse("unknown"));
        }
        return table + "\n" + shown.size() + " of " + all.size() + " reports kept, the latest first; waited: runs that"
                + " waited behind it, for: the eldest of them" + (options.stacks() ? stacks(shown) : "");
    }

    private static String kind(BlockedTaskReport.Kind kind) {
        return switch (kind) {
            case BLOCKED -> "blocked";
            case BUSY -> "busy";
        };
    }

    private static String action(BlockedTaskReport.Action action) {
        return switch (action) {
            case HANDED_OVER -> "handed over";
            case NONE_NEEDED -> "none needed";
            case BOUND_REACHED -> "no thread left";
            case SAME_LOCK -> "none, one lock";
            case REPORTED_ONLY -> "only reported";
        };
    }

    private static String stacks(List<BlockedTaskReport> reports) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (BlockedTaskReport report : reports) {
            text.append("\n\n#").append(++number).append(' ').append(report.task().name()).append(" of ");
            text.append(report.task().owner()).append(", thread ").append(report.thread());
            report.lock().ifPresent(lock -> {
                text.append(", waiting for ").append(lock.lock());
                lock.owner().ifPresent(owner -> text.append(", which thread ").append(owner).append(" holds"));
            });
            report.task().spawnedAt().ifPresent(site -> text.append(", spawned at ").append(site));
            if (report.stack().isEmpty()) {
                text.append("\n    no stack: too many were taken at that time");
            }
            report.stack().forEach(frame -> text.append("\n    at ").append(frame));
        }
        return text.toString();
    }
}
