package dev.gearbox.runtime;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.TaskInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes reports as schedulers do. */
final class Reports {
    private Reports() {}

    /** A task that blocked at this line of one class, while two runs waited. */
    static BlockedTaskReport at(int line, long task, long millis) {
        return of(Kind.BLOCKED, Action.HANDED_OVER, line, task, millis, true, 2);
    }

    /** The same of one that goes on, while one run waits. */
    static BlockedTaskReport goingOn(int line, long task, long millis) {
        return of(Kind.BLOCKED, Action.HANDED_OVER, line, task, millis, false, 1);
    }

    static BlockedTaskReport of(
            Kind kind, Action action, int line, long task, long millis, boolean ended, int waiting) {
        return new BlockedTaskReport(
                new TaskInfo(task, "task-" + task, "com.acme.orders", TaskInfo.State.RUNNING, false),
                kind,
                action,
                "adaptive",
                "gearbox-adaptive-1",
                line == 0
                        ? List.of()
                        : List.of(
                                new StackTraceElement("java.lang.Thread", "sleep", "Thread.java", 1),
                                new StackTraceElement("com.acme.Orders", "load", "Orders.java", line)),
                Duration.ofMillis(millis),
                ended,
                waiting,
                Duration.ofMillis(waiting * 5L),
                Optional.empty());
    }
}
