package dev.gearbox.scheduler.adaptive;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes a processor from a machine that makes no use of it, by one compare-and-set of that machine's state.
 *
 * <p>Either the monitor does, for a spare; or a machine that needs a processor does, for itself, and then nobody has to be
 * woken. What the displaced one has queued stays in its lane, from where whoever looks for work takes it first. Neither
 * takes a lock nor allocates. Thread-safe.
 */
final class Takeover {
    private final AdaptiveScheduler scheduler;
    private final AtomicLong handOvers = new AtomicLong();

    Takeover(AdaptiveScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Looks for a machine that is blocked, or else busy for longer than the time slice, and takes its processor.
     *
     * @param firstClass whether it is for first-class work, which takes the processor of a second-class run at once
     */
    boolean seize(Machine taker, boolean firstClass) {
        Machine[] all = scheduler.machines.all();
        for (Machine other : all) {
            if (other.state() == Machine.RUNNING
                    && (firstClass && other.isSecondClass() || other.evidence.isBlocked())
                    && displace(other)) {
                inherit(taker, other);
                return true;
            }
        }
        long now = scheduler.clock.nanoTime();
        for (Machine other : all) {
            if (other.state() == Machine.RUNNING
                    && other.evidence.isBusyFor(scheduler.sliceNanos(), now)
                    && displace(other)) {
                inherit(taker, other);
                return true;
            }
        }
        return false;
    }

    /** Gives the processor of this machine to another thread; returns whether there is one. */
    boolean handOver(Machine from) {
        return (scheduler.word.hasSleeper() || scheduler.machines.mayStart()) && displace(from) && scheduler.passOn();
    }

    private boolean displace(Machine machine) {
        if (!machine.cas(Machine.RUNNING, Machine.DISPLACED)) {
            return false;
        }
        machine.signal();
        handOvers.incrementAndGet();
        return true;
    }

    private static void inherit(Machine taker, Machine displaced) {
        displaced.lane.drainTo(taker.lane.intoQueue);
    }

    /** Counts a processor that was handed over by its owner, before a call that blocks. */
    void countAnnounced() {
        handOvers.incrementAndGet();
    }

    long handOvers() {
        return handOvers.get();
    }
}
