package dev.gearbox.support;

import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.BlockedTaskReport.LockWait;
import dev.gearbox.spi.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reports polls that block or compute for long; for the monitor's thread only, except {@link #set}.
 *
 * <p>Nothing here changes what is run where.
 */
public final class Sightings {
    /*
     * A poll is opened by the first look that has evidence against it and by which it has lasted long enough. Then its stack
     * is taken, once. It is told of when it has gone on for a second, and when it is over. The thread is asked to say when
     * that is, so that the monitor may be silent meanwhile; else the next look sees it.
     *
     * A stack costs 40 to 700 µs, and the thread has to come to a safepoint, so there are only so many a second.
     */

    /** How long a poll goes on before it is told of although it has not ended. */
    static final long GOES_ON_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String scheduler;
    private final List<Sighting> open = new ArrayList<>();
    private volatile Watching watching;
    private long window;
    private int stacks;
    private boolean pending;

    /** Makes one for this scheduler. */
    public Sightings(String scheduler, Watching watching) {
        this.scheduler = scheduler;
        this.watching = watching;
        this.window = System.nanoTime() - WINDOW_NANOS;
    }

    /** Takes other limits from now on. */
    public void set(Watching newWatching) {
        watching = newWatching;
    }

    /** Begins a round; closes what has ended. A void round finds nothing out, so what was pending before it still is. */
    public void begin(long now, long stood, boolean isVoid) {
        pending &= isVoid;
        for (int i = open.size() - 1; i >= 0; i--) {
            Sighting sighting = open.get(i);
            if (sighting.isOver()) {
                open.remove(i);
                sighting.close(scheduler, now, stood);
            }
        }
    }

    /**
     * Notes what a look at one thread found; to be called after each look that was not void and found the thread in the
     * same task.
     *
     * @param action what was done, unless the work was {@linkplain Sighting#taken taken}
     * @param waiting how many runs wait behind the thread
     */
    public void note(Sighting sighting, Verdict verdict, Action action, int waiting, long now) {
        long sequence = sighting.watched.sequence();
        if (!sighting.evidence.isStuck() || sighting.isOpen() && sighting.sequence != sequence) {
            return; // has just moved on
        }
        sighting.note(sequence, action, waiting, now);
        long reportAfter = watching.reportAfter();
        if (sighting.isOpen()) {
            tellIfDue(sighting);
        } else if (verdict == Verdict.BLOCKED && sighting.lasted() >= reportAfter) {
            open(sighting, Kind.BLOCKED, now);
        } else if (verdict == Verdict.BUSY && Math.min(sighting.lasted(), sighting.evidence.computed()) >= reportAfter) {
            open(sighting, Kind.BUSY, now);
        } else {
            pending |= mayStillBe(sighting, verdict, reportAfter) && sighting.watched.current() instanceof Run;
        }
    }

    /** Returns whether a poll that is not to be reported now may be before its thread does anything else. */
    private static boolean mayStillBe(Sighting sighting, Verdict verdict, long reportAfter) {
        boolean computes = verdict == Verdict.BUSY || verdict == Verdict.STARVED;
        return computes || sighting.lasted() < Math.max(reportAfter, GOES_ON_NANOS);
    }

    private void tellIfDue(Sighting sighting) {
        if (sighting.isTold()) {
            return;
        }
        if (sighting.lasted() >= GOES_ON_NANOS) {
            sighting.tell(scheduler);
        } else {
            pending = true;
        }
    }

    private void open(Sighting sighting, Kind kind, long now) {
        Watched watched = sighting.watched;
        if (!(watched.current() instanceof Run run) || sighting.isOver()) {
            return;
        }
        List<StackTraceElement> stack = mayTakeStack(now) ? List.of(watched.thread().getStackTrace()) : List.of();
        Optional<LockWait> lock = kind == Kind.BLOCKED ? LockWaits.of(watched.thread()) : Optional.empty();
        if (sighting.isOver()) {
            return; // who knows whose stack that is
        }
        sighting.open(run, kind, stack, lock);
        open.add(sighting);
        pending = true;
        watched.sighted();
    }

    private boolean mayTakeStack(long now) {
        if (now - window >= WINDOW_NANOS) {
            window = now;
            stacks = 0;
        }
        return ++stacks <= watching.stacksPerSecond();
    }

    /** Returns whether no look is needed before a thread says that its poll has ended. */
    public boolean isAllWell() {
        return !pending;
    }
}
