package dev.gearbox.support;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A thread that looks after others from time to time, and sleeps without limit while there is nothing to look after.
 *
 * <p>{@link #nudge}, {@link #close} and {@link #wakeUps} are for any thread. The thread is started by the first nudge.
 */
public final class Monitor {
    /*
     * The period is the shortest while there is something to look into, and doubles up to the longest while there is not.
     * When nothing was run for the time of silence and nothing waits, it falls silent: it says so, looks once more after
     * the longest period, by when everything is visible that was queued by somebody who did not see it silent, and then
     * waits without limit. The next who queues something wakes it.
     *
     * A round that begins late may say nothing about the threads, since everything stood still: a collection, a suspended
     * process, a debugger. Or the monitor itself waited for a processor, which says nothing against the round: the
     * machine is full, and that is when the monitor is needed most. Where the system tells how long the monitor computed
     * and how long it waited for a processor, what is left of the time between two rounds, beyond the period, is the time
     * in which everything stood still. It is not counted against any task, and if it is half a time slice the round is
     * void: it only takes note. Where the system does not tell, only a round that is very late is void.
     */

    /** What is done in each round; called by the monitor's thread only. */
    public interface Round {
        /**
         * Looks at everything.
         *
         * @param stood for how long everything stood still since the last look
         * @param isVoid whether to take note only
         * @return whether there is something to look into soon
         */
        boolean look(long now, long stood, boolean isVoid);

        /** Returns whether anything was run between the last two looks. */
        boolean wasActive();

        /** Returns whether nothing waits for this monitor's help. */
        boolean isAllWell();

        /** Called before the monitor falls silent, or ends. */
        void rest();
    }

    /**
     * How often to look, each at least as long as the one before.
     *
     * @param shortest nanoseconds between two rounds while there is something to look into
     * @param longest nanoseconds between two rounds else
     * @param silence nanoseconds without any run after which it falls silent
     */
    public record Periods(long shortest, long longest, long silence) {}

    private static final Logger LOG = System.getLogger(Monitor.class.getName());

    /** Rounds in a row without anything to look into, before the period doubles. */
    private static final int CALM_ROUNDS = 16;

    /** A round is void before which everything stood still for this long: half of a usual time slice. */
    private static final long VOID_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The same where it is not known why the round is late; the monitor of a full machine often is by less. */
    private static final long VERY_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** After a start that failed, none is tried for this long. */
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Clock clock;
    private final Round round;
    private final ThreadTimes times;
    private final Function<Runnable, Thread> maker;
    private final Consumer<Thread> starter;
    private final ThreadTimes.Sample own = new ThreadTimes.Sample();
    private final ThreadTimes.Sample before = new ThreadTimes.Sample();
    private volatile Periods periods;
    private volatile boolean silent = true;
    private volatile boolean closed;
    private volatile long wakeUps;
    private volatile Thread thread;
    private volatile Parker parker;
    private volatile long failedAt;
    private volatile boolean failed;
    private long nativeId;
    private boolean timed;
    private long lookedAt;

    /** Makes a monitor; its thread is made and started by these when there is something to look after. */
    public Monitor(
            Clock clock,
            Periods periods,
            ThreadTimes times,
            Round round,
            Function<Runnable, Thread> maker,
            Consumer<Thread> starter) {
        this.clock = clock;
        this.periods = periods;
        this.times = times;
        this.round = round;
        this.maker = maker;
        this.starter = starter;
    }

    /** Takes other periods from the next round on. */
    public void setPeriods(Periods newPeriods) {
        periods = newPeriods;
    }

    /** Ends the silence, if it is silent: something is to be run. */
    public void nudge() {
        if (silent) {
            speakUp();
        }
    }

    private void speakUp() {
        boolean first;
        synchronized (this) {
            if (!silent || closed || failed && clock.nanoTime() - failedAt < AFTER_FAILURE_NANOS) {
                return;
            }
            silent = false;
            first = thread == null;
            if (first) {
                thread = maker.apply(this::run);
                parker = new ThreadParker(thread);
            }
        }
        if (first) {
            start();
        } else {
            parker.unpark();
        }
    }

    private void start() {
        try {
            starter.accept(thread);
        } catch (Throwable noThread) {
            synchronized (this) {
                thread = null;
                failedAt = clock.nanoTime();
                failed = true;
                silent = true;
            }
            LOG.log(Level.WARNING, "the monitor's thread could not be started; blocked tasks hold others up", noThread);
        }
    }

    /** Ends the thread. */
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running != null) {
            parker.unpark();
        }
    }

    /** Returns how often the thread has woken. */
    public long wakeUps() {
        return wakeUps;
    }

    private void run() {
        nativeId = ThreadTimes.nativeIdOfCallingThread();
        try {
            watch();
        } finally {
            round.rest();
            times.release();
        }
    }

    private void watch() {
        long period = periods.shortest();
        int calm = 0;
        long lastActive = clock.nanoTime();
        restart(lastActive);
        while (!closed) {
            Periods p = periods;
            period = Math.max(p.shortest(), Math.min(p.longest(), period));
            calm = look(period) ? 0 : calm + 1;
            period = calm == 0 ? p.shortest() : calm % CALM_ROUNDS == 0 ? Math.min(p.longest(), 2 * period) : period;
            long now = clock.nanoTime();
            if (round.wasActive()) {
                lastActive = now;
            } else if (now - lastActive > p.silence() && round.isAllWell()) {
                beSilent(p);
                lastActive = clock.nanoTime();
                restart(lastActive);
                period = p.shortest();
                calm = 0;
            }
        }
    }

    /** Counts time from now on. */
    private void restart(long now) {
        lookedAt = now;
        timed = times.knowsDelay() && times.read(thread, nativeId, before);
    }

    /** Sleeps for the period and looks; returns whether there is something to look into. */
    private boolean look(long period) {
        parker.park(period);
        Thread.interrupted();
        wakeUps++;
        long now = clock.nanoTime();
        long stood = stood(now - lookedAt - period);
        boolean isVoid = stood > (timed ? VOID_NANOS : VERY_LATE_NANOS);
        lookedAt = now;
        try {
            return round.look(now, timed || isVoid ? stood : 0, isVoid);
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "a round of the monitor failed", failure);
            return false;
        }
    }

    /** Returns how much of this time, in which the monitor did not sleep by its own will, it did not compute or queue. */
    private long stood(long late) {
        if (!timed) {
            return Math.max(0, late);
        }
        timed = times.read(thread, nativeId, own);
        long stood = timed ? late - (own.cpu - before.cpu) - (own.delay - before.delay) : 0;
        before.set(own);
        return Math.max(0, stood);
    }

    private void beSilent(Periods p) {
        silent = true;
        parker.park(p.longest());
        wakeUps++;
        round.look(clock.nanoTime(), 0, true);
        if (round.wasActive() || !round.isAllWell()) {
            silent = false;
            return;
        }
        round.rest();
        times.release();
        while (silent && !closed) {
            parker.park(Long.MAX_VALUE);
            wakeUps++;
        }
    }
}
