package dev.gearbox.support;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.BlockedTaskReport.LockWait;
import dev.gearbox.TaskInfo;
import dev.gearbox.spi.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is noted of the poll that one watched thread is in, until it is reported; one for each thread, used again and again.
 *
 * <p>For the monitor only, except {@link #end}, {@link #taken} and {@link #isOpen}.
 */
public final class Sighting {
    final Watched watched;
    final Evidence evidence;
    /** The poll that the notes are about; 0 for none. */
    long sequence;

    /** It is to be reported: the monitor keeps it among the open ones. */
    private volatile boolean open;
    /** When the poll ended, if its thread told; written before "ended". */
    private long endedAt;

    private volatile boolean ended;
    /** When the thread's work was taken over, in which poll, and how many runs that were; written before "takenFrom". */
    private long takenAt;

    private int takenRuns;
    private volatile long takenFrom;

    private Run run;
    private TaskInfo task;
    private Kind kind;
    private Action action;
    private String threadName;
    private List<StackTraceElement> stack = List.of();
    private Optional<LockWait> lock = Optional.empty();
    private int waiting;
    private long waitingSince;
    private long waited;
    private long lookedAt;
    private long lasted;
    private boolean told;

    /** Makes one for the thread that this evidence is about. */
    public Sighting(Watched watched, Evidence evidence) {
        this.watched = watched;
        this.evidence = evidence;
    }

    /** Notes that the thread's work was taken over in the middle of this poll, with this many runs; any thread. */
    public void taken(long poll, int runs, long now) {
        takenAt = now;
        takenRuns = runs;
        takenFrom = poll;
    }

    /**
     * Notes the end of a poll that is to be reported; for the watched thread, between two polls. Returns whether there is
     * such a poll, for which the monitor has to be nudged.
     */
    public boolean end(long now) {
        if (!open) {
            return false;
        }
        endedAt = now;
        ended = true;
        return true;
    }

    /** Returns whether the poll is to be reported; any thread. */
    public boolean isOpen() {
        return open;
    }

    /** Returns for how many nanoseconds runs have waited behind the poll. */
    public long waited() {
        return waited;
    }

    boolean isTold() {
        return told;
    }

    long lasted() {
        return lasted;
    }

    boolean isOver() {
        return watched.sequence() != sequence;
    }

    /** Takes note of the poll as it is at this moment. */
    void note(long poll, Action done, int runs, long now) {
        if (poll != sequence) {
            sequence = poll;
            waiting = 0;
            waited = 0;
        }
        lookedAt = now;
        lasted = evidence.lasted();
        action = done;
        noteTaken();
        if (takenFrom != poll) {
            noteWaiting(runs, now);
            waited = waiting == 0 ? 0 : now - waitingSince;
        }
    }

    private void noteTaken() {
        if (takenFrom == sequence) {
            action = Action.HANDED_OVER;
            noteWaiting(takenRuns, takenAt);
            waited = waiting == 0 ? 0 : Math.max(0, takenAt - waitingSince);
        }
    }

    private void noteWaiting(int runs, long now) {
        if (waiting == 0) {
            waitingSince = now;
        }
        waiting = Math.max(waiting, runs);
    }

    /** Fixes what is told of the poll. */
    void open(Run poll, Kind how, List<StackTraceElement> where, Optional<LockWait> what) {
        run = poll;
        task = poll.task();
        kind = how;
        threadName = watched.thread().getName();
        stack = where;
        lock = what;
        told = false;
        ended = false;
        open = true;
    }

    /** Reports that the poll goes on. */
    void tell(String scheduler) {
        told = true;
        run.report(report(scheduler, lasted, false));
    }

    /** Reports that the poll has ended, and forgets it. */
    void close(String scheduler, long now, long stood) {
        noteTaken();
        long since = ended ? Math.min(endedAt, now) - lookedAt - stood : 0;
        run.report(report(scheduler, lasted + Math.max(0, since), true));
        open = false;
        run = null;
        task = null;
        stack = List.of();
        lock = Optional.empty();
    }

    private BlockedTaskReport report(String scheduler, long nanos, boolean over) {
        return new BlockedTaskReport(
                task,
                kind,
                action,
                scheduler,
                threadName,
                stack,
                Duration.ofNanos(nanos),
                over,
                waiting,
                Duration.ofNanos(waited),
                lock);
    }
}
