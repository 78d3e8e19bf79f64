package dev.gearbox.runtime;

import dev.gearbox.BlockedTaskListener;
import dev.gearbox.BlockedTaskReport;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Logs reports in words: a warning that tells what happened and what to do about it, and at DEBUG the whole stack. */
final class ReportLog implements BlockedTaskListener {
    private static final System.Logger LOG = System.getLogger(ReportLog.class.getName());

    @Override
    public void blocked(BlockedTaskReport report, long leftOut) {
        LOG.log(Level.WARNING, describe(report, leftOut));
        if (LOG.isLoggable(Level.DEBUG) && !report.stack().isEmpty()) {
            IllegalStateException where = new IllegalStateException("thread " + report.thread());
            where.setStackTrace(report.stack().toArray(new StackTraceElement[0]));
            LOG.log(Level.DEBUG, "where " + task(report) + " was", where);
        }
    }

    static String describe(BlockedTaskReport report, long leftOut) {
        StringBuilder text = new StringBuilder(task(report)).append(what(report));
        report.callSite().ifPresent(site -> text.append(" at ").append(site));
        report.lock().ifPresent(lock -> {
            text.append(", waiting for ").append(lock.lock());
            lock.owner().ifPresent(owner -> text.append(", which thread ").append(owner).append(" holds"));
        });
        text.append(report.ended() ? ". " : ", and goes on. ");
        text.append(cost(report)).append(done(report)).append('.').append(advice(report));
        report.task().spawnedAt().ifPresent(site -> text.append(" Spawned at ").append(site).append('.'));
        if (leftOut > 0) {
            text.append(" Not logged since the last one of this kind: ").append(leftOut).append('.');
        }
        return text.toString();
    }

    private static String task(BlockedTaskReport report) {
        return report.task().name() + " of " + report.task().owner();
    }

    private static String what(BlockedTaskReport report) {
        String verb = report.kind() == BlockedTaskReport.Kind.BLOCKED ? "blocked its thread" : "computed without a break";
        return (report.ended() ? " " : " has ") + verb + " for " + text(report.duration());
    }

    private static String cost(BlockedTaskReport report) {
        return switch (report.waiting()) {
            case 0 -> "Nothing waited behind it";
            case 1 -> "Behind it a task waited for " + text(report.waited());
            default -> "Behind it " + report.waiting() + " tasks waited, the eldest for " + text(report.waited());
        };
    }

    private static String done(BlockedTaskReport report) {
        return switch (report.action()) {
            case HANDED_OVER -> (report.waiting() == 0 ? "; " : ", until ") + "another thread of the scheduler "
                    + report.scheduler() + " took over";
            case NONE_NEEDED -> report.waiting() == 0 ? ", so nothing was done" : "; other threads were free to run them";
            case BOUND_REACHED -> "; the scheduler " + report.scheduler() + " could start no further thread";
            case SAME_LOCK -> "; no thread was started, since those that block all wait for one lock";
            case REPORTED_ONLY -> "; the scheduler " + report.scheduler() + " only reports that";
        };
    }

    private static String advice(BlockedTaskReport report) {
        if (report.ended() && report.waiting() == 0) {
            return "";
        }
        if (report.kind() == BlockedTaskReport.Kind.BUSY) {
            return " A long computation lets others run by yieldNow().";
        }
        return switch (report.action()) {
            case BOUND_REACHED -> " Let fewer tasks block at a time, or raise the scheduler's maximum of threads.";
            case SAME_LOCK -> " Hold that lock for less long, or use an AsyncMutex.";
            default -> " What is known to block is better started by spawnBlocking().";
        };
    }

    static String text(Duration duration) {
        long micros = duration.toNanos() / 1_000;
        if (micros < 1_000) {
            return micros + " µs";
        }
        long millis = micros / 1_000;
        return millis < 10
                ? millis + "." + micros % 1_000 / 100 + " ms"
                : millis < 10_000 ? millis + " ms" : millis / 1_000 + " s";
    }
}
