package dev.gearbox.shell;

import dev.gearbox.RuntimeAdmin;
import dev.gearbox.RuntimeStatistics;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.spi.SchedulerStatistics;
import java.time.Duration;
import java.util.Optional;

/**
 * What a runtime had counted at one moment. Immutable.
 *
 * @param nanos the moment
 * @param cpu the processor time that the process had used
 * @param runtime the runtime's counts
 * @param gear the scheduler in gear, if there was one
 */
record Sample(long nanos, Duration cpu, RuntimeStatistics runtime, Optional<SchedulerInfo> gear) {
    private static final String COLUMNS = "%-9s %7s %7s %7s %9s %10s %6s %9s %9s %9s %9s %10s";
    static final String HEAD = String.format(
            COLUMNS, "gear", "running", "parked", "blocked", "tasks", "polls/s", "busy %", "queue p50", "queue p99", "poll p99",
            "helped/s", "needless/s");

    /** Takes one now. */
    static Sample take(RuntimeAdmin admin) {
        return new Sample(
                System.nanoTime(),
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                admin.statistics(),
                admin.schedulers().stream().filter(SchedulerInfo::inGear).findFirst());
    }

    /** Returns the line, below {@link #HEAD}, for the time since an earlier sample. */
    String since(Sample before, int processors) {
        double seconds = Math.max(1, nanos - before.nanos) / 1e9;
        var queue = runtime.timeInQueue().since(before.runtime.timeInQueue());
        var poll = runtime.timeInPoll().since(before.runtime.timeInPoll());
        Optional<SchedulerStatistics> now = gear.map(SchedulerInfo::statistics);
        Optional<SchedulerStatistics> then = before.gear
                .filter(one -> gear.isPresent() && gear.get().name().equals(one.name()))
                .map(SchedulerInfo::statistics);
        return String.format(
                COLUMNS,
                gear.map(SchedulerInfo::name).orElse("neutral"),
                now.map(counts -> String.valueOf(counts.running())).orElse("-"),
                now.map(counts -> String.valueOf(counts.parked())).orElse("-"),
                now.map(counts -> String.valueOf(counts.blocked())).orElse("-"),
                runtime.pending(),
                then.map(counts -> rate(counts.polls(), now.get().polls(), seconds)).orElse("-"),
                Math.round(100 * cpu.minus(before.cpu).toNanos() / 1e9 / seconds / processors),
                queue.count() == 0 ? "-" : Text.of(queue.percentile(50)),
                queue.count() == 0 ? "-" : Text.of(queue.percentile(99)),
                poll.count() == 0 ? "-" : Text.of(poll.percentile(99)),
                then.map(counts -> rate(counts.handOversHelped(), now.get().handOversHelped(), seconds))
                        .orElse("-"),
                then.map(counts -> rate(counts.handOversNeedless(), now.get().handOversNeedless(), seconds))
                        .orElse("-"));
    }

    private static String rate(long before, long now, double seconds) {
        return String.valueOf(Math.round((now - before) / seconds));
    }
}
