package dev.gearbox.shell;

import dev.gearbox.BlockedCallSite;
import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.BlockedTaskReport.LockWait;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.TaskInfo;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A runtime that has these reports and no more. */
final class FakeAdmin {
    final List<BlockedTaskReport> latest = new ArrayList<>();
    final List<BlockedCallSite> sites = new ArrayList<>();

    RuntimeAdmin admin() {
        return (RuntimeAdmin) Proxy.newProxyInstance(
                FakeAdmin.class.getClassLoader(), new Class<?>[] {RuntimeAdmin.class}, (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "blockedTasks" -> latest;
                            case "blockedCallSites" -> sites;
                            case "schedulers" -> List.of();
                            case "statistics" -> SampleTest.statistics(0);
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    /** Adds a report, and a call site that stands for so many. */
    void add(String owner, long task, int line, long count, Kind kind, Action action) {
        BlockedTaskReport report = new BlockedTaskReport(
                new TaskInfo(task, "task-" + task, owner, TaskInfo.State.RUNNING, false),
                kind,
                action,
                "adaptive",
                "worker-1",
                line == 0 ? List.of() : List.of(new StackTraceElement("com.acme.Orders", "load", "Orders.java", line)),
                Duration.ofMillis(52),
                true,
                2,
                Duration.ofNanos(1_400_000),
                line == 0
                        ? Optional.empty()
                        : Optional.of(new LockWait("java.lang.Object@1", Optional.of("worker-2"))));
        latest.add(report);
        sites.add(new BlockedCallSite(
                report.callSite(), owner, kind, count, Duration.ofMillis(52 * count), Duration.ofMillis(52), 2, report));
    }
}
