package dev.gearbox.scheduler.adaptive;

import java.util.concurrent.TimeUnit;

/** Where a machine looks for work beyond its own lane; for the machine itself only. */
final class Finder {
    /*
     * A machine that gets to the end of its queue by itself is left alone with a single run: taking that would only move
     * the work back and forth. From one that has not looked up for a while, and from one that has no processor, everything
     * is taken. The slot of a machine that runs is its own in any case; if its task goes on for too long the monitor
     * empties it.
     *
     * A machine that finds nothing goes on looking at the global queue for some microseconds, from time to time, before it
     * rests. It counts as one that searches, so nobody has to wake another meanwhile. To rest and to be woken costs ten
     * times as much. How often it looks follows from what it finds. A thread that spawns one task after another from
     * outside, faster than it could wake somebody for each, would meet the machine at the queue for each of them, which
     * costs both a cache miss of 100 ns: so if there are several runs at once the looks become rare, down to one for some
     * ten of them. If there is one each time, somebody waits for it, and they become frequent.
     */
    private static final int LINGER_SPINS = 200;

    private static final int MOST_SPINS_PER_LOOK = 50;
    private static final int LEAST_SPINS_PER_LOOK = 5;

    private static final long STALE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Machine machine;
    private final AdaptiveScheduler scheduler;
    /** In turns, since neither queue need ever become empty. */
    private boolean announcedFirst;

    private int spinsPerLook = MOST_SPINS_PER_LOOK;

    private int seed = System.identityHashCode(this) | 1;

    Finder(Machine machine) {
        this.machine = machine;
        this.scheduler = machine.scheduler;
    }

    /** Looks up from the queue: polls what is due, calls for help if there is too much, takes a run from outside. */
    Runnable look() {
        long now = scheduler.clock.nanoTime();
        machine.pace.look(now);
        scheduler.polling.pollWhileBusy(machine, now);
        int waiting = machine.lane.size() + scheduler.global.size() + scheduler.announced.size();
        if (machine.pace.isBehind(waiting, now) && isHelpOfUse(now)) {
            scheduler.callHelp();
        }
        if (scheduler.isSecondClassOverdue(now)) {
            return secondClass(now);
        }
        return machine.pace.isOutsideDue(now) ? fromOutside() : null;
    }

    private Runnable fromOutside() {
        announcedFirst = !announcedFirst;
        Runnable run = announcedFirst ? announced() : null;
        if (run == null) {
            run = scheduler.global.poll();
        }
        return run != null ? run : announced();
    }

    private Runnable announced() {
        Runnable run = scheduler.announced.poll();
        machine.announced = run != null;
        return run;
    }

    private Runnable secondClass(long now) {
        Runnable run = scheduler.second.poll();
        machine.second = run != null;
        if (run != null) {
            scheduler.secondClassTaken(now);
            if (scheduler.word.wantsOne() && !scheduler.second.isEmpty()) {
                scheduler.wakeOne(); // there may be room for one more
            }
        }
        return run;
    }

    /** Looks everywhere once; the own lane must be empty. */
    Runnable search() {
        Runnable run = scheduler.global.pollBatch(machine.lane.queue, scheduler.word.processors());
        if (run == null) {
            run = announced();
        }
        if (run != null) {
            return run;
        }
        if (!machine.searching) {
            machine.searching = scheduler.word.trySearch();
        }
        run = machine.searching ? steal() : null;
        if (run == null && scheduler.isSecondClassOffered()) {
            run = secondClass(scheduler.clock.nanoTime());
        }
        return run == null && machine.searching ? linger() : run;
    }

    /** Waits for some microseconds whether a run comes from outside; see above. */
    private Runnable linger() {
        for (int left = LINGER_SPINS; left > 0 && !machine.isSignalled(); left -= spinsPerLook) {
            for (int spins = spinsPerLook; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            Runnable run = scheduler.global.pollBatch(machine.lane.queue, scheduler.word.processors());
            if (run != null) {
                boolean several = !machine.lane.queue.isEmpty() || !scheduler.global.isEmpty();
                spinsPerLook = several
                        ? Math.min(MOST_SPINS_PER_LOOK, spinsPerLook * 2)
                        : Math.max(LEAST_SPINS_PER_LOOK, spinsPerLook / 2);
                return run;
            }
        }
        return null;
    }

    private Runnable steal() {
        Machine[] all = scheduler.machines.all();
        if (all.length < 2) {
            return null;
        }
        long now = scheduler.clock.nanoTime();
        int start = random(all.length);
        for (int i = 0; i < all.length; i++) {
            Machine other = all[(start + i) % all.length];
            if (other != machine) {
                Runnable run = stealFrom(other, now);
                if (run != null) {
                    machine.counts.steals.increment();
                    return run;
                }
            }
        }
        return null;
    }

    private Runnable stealFrom(Machine other, long now) {
        if (!offers(other, now)) {
            return null;
        }
        switch (other.state()) {
            case Machine.RUNNING, Machine.POLLING -> {
                machine.pace.adopt(other.pace);
                return other.lane.queue.stealInto(machine.lane.queue);
            }
            default -> {
                other.lane.drainTo(machine.lane.intoQueue);
                return machine.lane.next();
            }
        }
    }

    /** Returns whether another machine may take something from this one's lane. */
    static boolean offers(Machine other, long now) {
        return switch (other.state()) {
            case Machine.RUNNING -> {
                int size = other.lane.queue.size();
                yield size > 1 || size == 1 && !other.pace.isFresh(now, STALE_NANOS);
            }
            case Machine.POLLING -> other.lane.queue.size() > 1;
            default -> !other.lane.isEmpty();
        };
    }

    /** Ends the search with a run in hand, and calls for more help if there is much more. */
    void found() {
        machine.searching = false;
        scheduler.word.stopSearching();
        int waiting = machine.lane.size() + scheduler.global.size() + scheduler.announced.size();
        if (machine.pace.isLong(waiting) && isHelpOfUse(scheduler.clock.nanoTime())) {
            scheduler.callHelp();
        }
    }

    private boolean isHelpOfUse(long now) {
        boolean alone = machine.pace.isShort() && scheduler.secondClassRuns.get() == 0 && scheduler.crowding.isCrowded(now);
        return !alone && scheduler.isHelpToBeHad();
    }

    private int random(int bound) {
        seed ^= seed << 13;
        seed ^= seed >>> 17;
        seed ^= seed << 5;
        return (seed >>> 1) % bound;
    }
}
