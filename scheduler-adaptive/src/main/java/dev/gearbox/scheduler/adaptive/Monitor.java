package dev.gearbox.scheduler.adaptive;

import dev.gearbox.support.Parker;
import dev.gearbox.support.ThreadParker;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at the machines from time to time: one that blocks or computes for too long loses its processor if that helps
 * anybody.
 */
final class Monitor {
    /*
     * The period is 1 ms while there is something to look into, and grows to 10 ms while there is not. When nothing was run
     * for 1 s and nothing waits, it falls silent: it says so, looks once more after 10 ms, by when everything is visible
     * that was queued by somebody who did not see it silent, and then waits without limit. The next who queues something
     * wakes it.
     *
     * A round that begins much too late says nothing about the machines, since everything stood still (a collection, a
     * suspended process, a debugger): it only notes what it sees.
     */
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(1);

    /** Rounds in a row without anything to look into, before the period doubles. */
    private static final int CALM_ROUNDS = 16;

    /**
     * A round this late is void: ten times the longest period. Less than that happens whenever the machine is full, which
     * is when the monitor is needed most; a conviction too many after a short pause costs one thread switch.
     */
    private static final long LATE = 10 * LONGEST;

    private final AdaptiveScheduler scheduler;
    private final Consumer<Thread> starter;
    private final Rounds rounds;
    private volatile boolean silent = true;
    private volatile boolean closed;
    private volatile long wakeUps;
    private volatile Thread thread;
    private volatile Parker parker;
    private volatile long failedAt;
    private volatile boolean failed;

    Monitor(AdaptiveScheduler scheduler, Consumer<Thread> starter) {
        this.scheduler = scheduler;
        this.starter = starter;
        this.rounds = new Rounds(scheduler);
    }

    /** Ends the silence, if it is silent: something is to be run. */
    void nudge() {
        if (silent) {
            speakUp();
        }
    }

    private void speakUp() {
        boolean first;
        synchronized (this) {
            if (!silent || closed || failed && scheduler.clock.nanoTime() - failedAt < SILENCE) {
                return;
            }
            silent = false;
            first = thread == null;
            if (first) {
                thread = make();
                parker = new ThreadParker(thread);
            }
        }
        if (first) {
            start();
        } else {
            parker.unpark();
        }
    }

    private Thread make() {
        Thread made = Machines.detached(() -> new Thread(Machines.GROUP, this::run, "gearbox-adaptive-monitor", 0, false));
        made.setDaemon(true);
        made.setContextClassLoader(Monitor.class.getClassLoader());
        return made;
    }

    private void start() {
        try {
            starter.accept(thread);
        } catch (Throwable noThread) {
            synchronized (this) {
                thread = null;
                failedAt = scheduler.clock.nanoTime();
                failed = true;
                silent = true;
            }
            Machine.LOG.log(Level.WARNING, "the monitor's thread could not be started; blocked tasks hold others up", noThread);
        }
    }

    /** Ends the thread. */
    void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running != null) {
            parker.unpark();
        }
    }

    long wakeUps() {
        return wakeUps;
    }

    private void run() {
        long period = SHORTEST;
        int calm = 0;
        long lastActive = scheduler.clock.nanoTime();
        while (!closed) {
            long begin = scheduler.clock.nanoTime();
            parker.park(period);
            Thread.interrupted();
            long now = scheduler.clock.nanoTime();
            wakeUps++;
            try {
                boolean late = now - begin > period + LATE;
                boolean suspicious = rounds.look(now, late);
                calm = suspicious ? 0 : calm + 1;
            } catch (Throwable failure) {
                Machine.LOG.log(Level.ERROR, "a round of the monitor failed", failure);
            }
            period = calm == 0 ? SHORTEST : calm % CALM_ROUNDS == 0 ? Math.min(LONGEST, 2 * period) : period;
            if (rounds.wasActive()) {
                lastActive = now;
            } else if (now - lastActive > SILENCE && rounds.isAllWell()) {
                beSilent();
                lastActive = scheduler.clock.nanoTime();
                period = SHORTEST;
                calm = 0;
            }
        }
    }

    private void beSilent() {
        silent = true;
        parker.park(LONGEST);
        wakeUps++;
        rounds.look(scheduler.clock.nanoTime(), true);
        if (rounds.wasActive() || !rounds.isAllWell()) {
            silent = false;
            return;
        }
        while (silent && !closed) {
            parker.park(Long.MAX_VALUE);
            wakeUps++;
        }
    }
}
