package dev.gearbox.support;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * What speaks against one thread: that its task is blocked, or computes for long.
 *
 * <p>{@link #look}, {@link #isStuck}, {@link #lasted}, {@link #computed}, {@link #readDemand} and {@link #forgetDemand} are
 * for the monitor, the rest for any thread.
 */
public final class Evidence {
    /*
     * The same task: the sequence is odd, and the same as at the last look.
     *
     * Blocked: the thread waits as Java sees it, and it did not leave the task while that was looked at (the sequence is
     * the same before and after). This costs 0.1 µs, so whoever needs a processor may look for itself.
     *
     * Or it is runnable as Java sees it, and the system tells that it sleeps, and that it has not been on a processor,
     * nor waited for one, since the look before. A sample is only taken of a thread that was found in the same task
     * twice. The letter is read between two equal samples: a thread cannot fall asleep without leaving the
     * processor, and that changes the sample. So it has slept since the older one. A thread that waits for a processor
     * has the letter of one that runs, whatever keeps it waiting: other threads, a quota, a stopped process.
     *
     * The verdict of the looks needs three of them for that. Whoever needs a processor does not wait so long: if the
     * letter was that of a sleeper at the first look, it makes the second reading itself, some time later, since a thread
     * that computes also sleeps for moments: at a safepoint, or for a lock of the virtual machine. Few threads sleep just
     * when they are looked at, so this costs the monitor one reading of 3 µs for each thread that runs.
     *
     * While everything stands still, threads sleep that would compute: those that wait for a collection do so from before it
     * begins until after it ends. So sleep counts from the first look after such a pause.
     *
     * Such a conviction may be out of date at once, like any. Whoever acts on it reads the times and the letter once more,
     * which costs 20 µs: a thread that was woken and still waits for a processor has the times of one that sleeps. After 10 ms the monitor looks again only when the block has lasted half as long again, so that a thousand
     * such threads do not cost a processor.
     *
     * Lasted: time between looks at the same task, without the time in which everything stood still. It grows at looks
     * only, so that a machine that looks just after a pause does not take that for computing. It is written before "seen"
     * when that changes, and read after it, so that a torn reading is too short, never too long.
     */
    private static final VarHandle SEEN;
    private static final VarHandle LASTED;
    private static final VarHandle ASLEEP;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SEEN = lookup.findVarHandle(Evidence.class, "seen", long.class);
            LASTED = lookup.findVarHandle(Evidence.class, "lasted", long.class);
            ASLEEP = lookup.findVarHandle(Evidence.class, "asleep", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A sleeper is looked at each time for as long, then less and less often. */
    private static final long OFTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A sleep shorter than this is over before a hand-over would have helped anybody. */
    private static final long MOMENT_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

    /** A thread that slept through a pause of this length may have slept for that only. */
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Watched watched;
    private final ThreadTimes times;
    private long seen;
    private long lasted;
    /** The sequence of the task of which the system told that it sleeps; 0 for none. */
    private long asleep;
    /** The times that speak for that, and when they were read; written before "asleep". */
    private final ThreadTimes.Sample proof = new ThreadTimes.Sample();

    private long proofAt;

    // For the monitor only
    private final ThreadTimes.Sample last = new ThreadTimes.Sample();
    private final ThreadTimes.Sample fresh = new ThreadTimes.Sample();
    private final ThreadTimes.Sample demand = new ThreadTimes.Sample();
    private boolean demanded;
    private boolean sampled;
    private boolean stuck;
    private long lookedAt;
    private long quietSince;
    private long computed;
    private boolean untold;
    private long againAt;
    private Verdict runnable = Verdict.UNCLEAR;

    /** Makes evidence on this thread, from these times, which are the monitor's own. */
    public Evidence(Watched watched, ThreadTimes times) {
        this.watched = watched;
        this.times = times;
    }

    /**
     * Looks which task the thread is in and what that does.
     *
     * @param stood for how long since the last look everything stood still
     * @param crowded whether more threads ran than there are processors, as far as the caller knows
     */
    public Verdict look(long now, long stood, boolean crowded) {
        long sequence = watched.sequence();
        long elapsed = now - lookedAt - stood;
        lookedAt = now;
        stuck = sequence == seen && isInTask(sequence);
        if (!stuck) {
            if (sequence != seen) {
                LASTED.setOpaque(this, 0L);
                SEEN.setRelease(this, sequence);
            }
            forget();
            computed = 0;
            untold = false;
            if (stood <= PAUSE_NANOS) {
                suspect(sequence, now);
            }
            return Verdict.MOVING;
        }
        LASTED.setOpaque(this, lasted + Math.max(0, elapsed));
        return switch (watched.thread().getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> {
                forget();
                yield stillIn(sequence) ? Verdict.BLOCKED : Verdict.MOVING;
            }
            default -> runnable(sequence, now, stood, crowded);
        };
    }

    /** Notes that the system tells at the first look already that the thread sleeps, for whoever needs its processor. */
    private void suspect(long sequence, long now) {
        if (isInTask(sequence)
                && watched.thread().getState() == Thread.State.RUNNABLE
                && tellsSleep()
                && times.read(watched.thread(), watched.nativeId(), fresh)
                && tellsSleep()
                && stillIn(sequence)) {
            againAt = 0;
            proof.set(fresh);
            proofAt = now;
            ASLEEP.setRelease(this, sequence);
        }
    }

    private boolean tellsSleep() {
        return times.isAsleep(watched.thread(), watched.nativeId(), 0);
    }

    private Verdict runnable(long sequence, long now, long stood, boolean crowded) {
        if (asleep == sequence && lasted < againAt) {
            return Verdict.BLOCKED;
        }
        if (!times.read(watched.thread(), watched.nativeId(), fresh)) {
            forget();
            untold = true;
            return Verdict.UNCLEAR;
        }
        if (!sampled || stood > PAUSE_NANOS && fresh.isSame(last)) {
            sampled = true;
            quietSince = now;
            last.set(fresh);
            return Verdict.UNCLEAR;
        }
        if (!fresh.isSame(last)) {
            runnable = fresh.delay - last.delay > fresh.cpu - last.cpu ? Verdict.STARVED : Verdict.BUSY;
            computed += fresh.cpu - last.cpu;
            quietSince = now;
            last.set(fresh);
            acquit();
            return runnable;
        }
        if (crowded) {
            quietSince = now;
        }
        return isAsleep(now - quietSince) && stillIn(sequence) ? convict(sequence) : runnable;
    }

    private boolean isAsleep(long quietNanos) {
        return times.isAsleep(watched.thread(), watched.nativeId(), quietNanos)
                && times.read(watched.thread(), watched.nativeId(), fresh)
                && fresh.isSame(last);
    }

    private Verdict convict(long sequence) {
        againAt = lasted < OFTEN_NANOS ? 0 : lasted + lasted / 2;
        if (asleep != sequence) {
            proof.set(last);
            proofAt = quietSince;
            ASLEEP.setRelease(this, sequence);
        }
        return Verdict.BLOCKED;
    }

    private void acquit() {
        if (asleep != 0) {
            ASLEEP.setOpaque(this, 0L);
        }
    }

    /**
     * Reads for how long the thread has computed, and has waited for a processor, since this was asked last.
     *
     * @return false the first time, after {@link #forgetDemand}, and where the system does not tell
     */
    public boolean readDemand(ThreadTimes.Sample since) {
        if (!times.knowsDelay() || !times.read(watched.thread(), watched.nativeId(), fresh)) {
            return false;
        }
        boolean knows = demanded;
        since.cpu = fresh.cpu - demand.cpu;
        since.delay = fresh.delay - demand.delay;
        demand.set(fresh);
        demanded = true;
        return knows;
    }

    /** Makes the next {@link #readDemand} the first one. */
    public void forgetDemand() {
        demanded = false;
    }

    /** Forgets what the system told, so that the next two looks count from then. */
    public void forget() {
        sampled = false;
        runnable = Verdict.UNCLEAR;
        acquit();
    }

    private boolean stillIn(long sequence) {
        return watched.sequence() == sequence;
    }

    /** Returns whether the thread is still in the task that {@link #look} saw there twice. */
    public boolean isStuck() {
        return stuck && stillIn(seen);
    }

    /** Returns for how long the looks have seen the present task, without the time in which everything stood still. */
    public long lasted() {
        return lasted;
    }

    /** Returns how much of that it has been seen to compute; as long as it lasted if the system does not tell. */
    public long computed() {
        return untold ? lasted : computed;
    }

    /** Returns whether the thread's task is blocked at this moment; reads the times again where they decide. */
    public boolean isBlocked(long now) {
        long before = watched.sequence();
        if (!isInTask(before)) {
            return false;
        }
        return switch (watched.thread().getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> stillIn(before);
            case RUNNABLE -> (long) ASLEEP.getAcquire(this) == before
                    && now - proofAt >= MOMENT_NANOS
                    && stillSleeps()
                    && stillIn(before);
            default -> false;
        };
    }

    private boolean stillSleeps() {
        return times.sleepsSince(proof, watched.thread(), watched.nativeId());
    }

    /** As {@link #isBlocked(long)}, but what the system told at the last look is believed; costs 0.1 µs. */
    public boolean seemsBlocked() {
        long before = watched.sequence();
        if (!isInTask(before)) {
            return false;
        }
        return switch (watched.thread().getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            default -> (long) ASLEEP.getAcquire(this) == before;
        };
    }

    /** Returns whether the thread was seen in its present task for at least this long. */
    public boolean isBusyFor(long nanos) {
        long sequence = (long) SEEN.getAcquire(this);
        return isInTask(sequence) && (long) LASTED.getOpaque(this) >= nanos && stillIn(sequence);
    }

    private static boolean isInTask(long sequence) {
        return (sequence & 1) != 0;
    }
}
