package dev.gearbox;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What was reported of one place in the code, for one owner and one kind.
 *
 * @param callSite the place, as {@link BlockedTaskReport#callSite()} tells it; empty for reports without a stack
 * @param owner the symbolic name of the bundle whose tasks these were, or {@code application} outside OSGi
 * @param kind why the polls took long
 * @param count how many polls
 * @param total how long they took together
 * @param longest how long the longest took
 * @param waiting how many runs waited behind them, together
 * @param latest the report that came last
 */
public record BlockedCallSite(
        Optional<StackTraceElement> callSite,
        String owner,
        BlockedTaskReport.Kind kind,
        long count,
        Duration total,
        Duration longest,
        long waiting,
        BlockedTaskReport latest) {
    /** Checks that nothing is null. */
    public BlockedCallSite {
        Objects.requireNonNull(callSite, "callSite");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(longest, "longest");
        Objects.requireNonNull(latest, "latest");
    }
}
