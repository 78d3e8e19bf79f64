package dev.gearbox.scheduler.adaptive;

import java.lang.System.Logger.Level;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All machines of a scheduler, from just before their thread starts until it ends. Thread-safe. */
final class Machines {
    /** After a failed start no thread is started for this long, and the bound on threads is what there are. */
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The thread group below the system's, rather than that of whichever thread brings the first work. */
    static final ThreadGroup GROUP = topGroup();

    private final AdaptiveScheduler scheduler;
    private final Consumer<Thread> starter;
    /** Copied on write, under the lock. */
    private volatile Machine[] all = {};

    private volatile long failedAt;
    private volatile boolean failed;
    private int number;
    private long started;
    private volatile Machine parkedLast;
    private long startFailures;
    private long polls;
    private long steals;
    private long parks;
    private long unparks;

    Machines(AdaptiveScheduler scheduler, Consumer<Thread> starter) {
        this.scheduler = scheduler;
        this.starter = starter;
    }

    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null && group.getParent().getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    /** Returns those that live; not to be changed. */
    Machine[] all() {
        return all;
    }

    /** Notes that a machine is about to park. */
    void parks(Machine machine) {
        parkedLast = machine;
    }

    /** Returns the machine that parked last, whatever it does by now, or null. */
    Machine parkedLast() {
        return parkedLast;
    }

    /** Returns whether a thread may be started at this moment. */
    boolean mayStart() {
        return all.length < scheduler.maxThreads() && !isCoolingDown();
    }

    private boolean isCoolingDown() {
        return failed && scheduler.clock.nanoTime() - failedAt < AFTER_FAILURE_NANOS;
    }

    /**
     * Starts a machine, if there may be one more.
     *
     * @param state {@link Machine#RUNNING} for one that was claimed, {@link Machine#SUMMONED} for a spare
     * @param handOver what it gets its processor by, or null
     */
    boolean start(int state, HandOver handOver) {
        Machine machine;
        synchronized (this) {
            if (scheduler.isClosed() || !mayStart()) {
                return false;
            }
            machine = make(state);
            machine.owe(handOver);
            List<Machine> more = new ArrayList<>(List.of(all));
            more.add(machine);
            all = more.toArray(Machine[]::new);
        }
        try {
            starter.accept(machine);
        } catch (Throwable noThread) {
            cannotStart(machine, noThread);
            return false;
        }
        synchronized (this) {
            started++;
        }
        return true;
    }

    private Machine make(int state) {
        String name = "gearbox-adaptive-" + number++;
        return detached(() -> new Machine(scheduler, name, state));
    }

    /** Makes a thread outside the caller's access control context, which it would otherwise keep reachable. */
    @SuppressWarnings("removal")
    static <T extends Thread> T detached(PrivilegedAction<T> make) {
        return AccessController.doPrivileged(make);
    }

    /** Makes the monitor's thread. */
    static Thread makeMonitor(Runnable loop) {
        Thread made = detached(() -> new Thread(GROUP, loop, "gearbox-adaptive-monitor", 0, false));
        made.setDaemon(true);
        made.setContextClassLoader(Machines.class.getClassLoader());
        return made;
    }

    private void cannotStart(Machine machine, Throwable failure) {
        boolean first;
        synchronized (this) {
            startFailures++;
            remove(machine);
            first = !isCoolingDown(); // several threads may have failed at once
            failedAt = scheduler.clock.nanoTime();
            failed = true;
        }
        if (first) {
            Machine.LOG.log(
                    Level.WARNING,
                    "no thread could be started; going on with " + all.length + ", work waits for those",
                    failure);
        }
    }

    /** Takes leave of a machine; the last thing its thread does. */
    void end(Machine machine) {
        IdleWord word = scheduler.word;
        if (parkedLast == machine) {
            parkedLast = null;
        }
        if (machine.cas(Machine.RUNNING, Machine.ENDED)) {
            word.release();
        }
        machine.set(Machine.ENDED);
        machine.settle(false);
        if (machine.searching) {
            machine.searching = false;
            word.stopSearching();
        }
        if (scheduler.isClosed()) {
            scheduler.sendHome(machine.lane);
        } else {
            machine.lane.publish();
        }
        synchronized (this) {
            remove(machine);
            polls += machine.polls();
            steals += machine.counts.steals.get();
            parks += machine.counts.parks.get();
            unparks += machine.counts.unparks.get();
            notifyAll();
        }
        scheduler.carryOn();
    }

    private void remove(Machine machine) {
        List<Machine> fewer = new ArrayList<>(List.of(all));
        fewer.remove(machine);
        all = fewer.toArray(Machine[]::new);
    }

    /** Waits until all have ended, except the calling thread; returns those that have not at the deadline. */
    List<Machine> awaitEnd(long deadlineNanos) {
        boolean interrupted = false;
        synchronized (this) {
            while (true) {
                List<Machine> left = new ArrayList<>(List.of(all));
                left.remove(Thread.currentThread());
                long nanos = deadlineNanos - System.nanoTime();
                if (left.isEmpty() || nanos <= 0) {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return left;
                }
                try {
                    wait(nanos / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
    }

    /** Sums over those that live and those that lived. */
    record Sums(
            int running,
            int parked,
            int blocked,
            int queued,
            long polls,
            long steals,
            long parks,
            long unparks,
            long started,
            long startFailures) {}

    /** Adds up, each machine in one place. */
    synchronized Sums sums() {
        int running = 0;
        int parked = 0;
        int blocked = 0;
        int queued = 0;
        long p = polls;
        long s = steals;
        long k = parks;
        long u = unparks;
        for (Machine machine : all) {
            switch (machine.state()) {
                case Machine.RUNNING, Machine.SUMMONED -> running++;
                case Machine.PARKED, Machine.POLLING -> parked++;
                default -> blocked++;
            }
            queued += machine.lane.size();
            p += machine.polls();
            s += machine.counts.steals.get();
            k += machine.counts.parks.get();
            u += machine.counts.unparks.get();
        }
        return new Sums(running, parked, blocked, queued, p, s, k, u, started, startFailures);
    }
}
