package dev.gearbox.scheduler.adaptive;

import java.util.concurrent.atomic.LongAdder;

/**
 * Takes a processor from a machine that makes no use of it, by one compare-and-set of that machine's state.
 *
 * <p>Either the monitor does, for a spare; or a machine that needs a processor does, for itself, and then nobody has to be
 * woken. What the displaced one has queued stays in its lane, from where whoever looks for work takes it first. Neither
 * takes a lock. Thread-safe.
 */
final class Takeover {
    /*
     * Whether a hand-over helped is judged by the machine that got the processor, at its first act: when it has a run in
     * hand, or the selector, it looks whether the poll in question still goes on. One that goes to rest without either
     * did not help. Each hand-over is noted in its taker before that is woken, and is judged once:
     *
     *   handOvers = helped + needless + those whose taker has not acted yet
     *
     * A taker that was awake anyhow, between its announcement that it parks and its sleep, may act before the note is
     * there; it judges that at its next act.
     */
    private final AdaptiveScheduler scheduler;
    private final LongAdder handOvers = new LongAdder();
    private final LongAdder helped = new LongAdder();
    private final LongAdder needless = new LongAdder();

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
        long now = scheduler.clock.nanoTime();
        for (Machine other : all) {
            if (other.state() == Machine.RUNNING
                    && (firstClass && other.isSecondClass() || other.evidence.isBlocked(now))
                    && takeFor(taker, other)) {
                return true;
            }
        }
        for (Machine other : all) {
            if (other.state() == Machine.RUNNING
                    && other.hasUsedUpSlice()
                    && takeFor(taker, other)) {
                return true;
            }
        }
        return false;
    }

    private boolean takeFor(Machine taker, Machine from) {
        HandOver handOver = displace(from);
        if (handOver == null) {
            return false;
        }
        taker.owe(handOver);
        from.lane.drainTo(taker.lane.intoQueue);
        return true;
    }

    /** Gives the processor of a second-class run to another thread: first-class work waits, and there is no other. */
    void preempt() {
        for (Machine machine : scheduler.machines.all()) {
            if (machine.state() == Machine.RUNNING && machine.isSecondClass()) {
                handOver(machine);
                return;
            }
        }
    }

    /** Gives the processor of this machine to another thread; returns whether there is one. */
    boolean handOver(Machine from) {
        if (!hasTaker()) {
            return false;
        }
        HandOver handOver = displace(from);
        return handOver != null && scheduler.passOn(handOver);
    }

    private boolean hasTaker() {
        return scheduler.word.hasSleeper() || scheduler.machines.mayStart() && !scheduler.sharedLock.stopsGrowth();
    }

    private HandOver displace(Machine machine) {
        HandOver handOver = new HandOver(machine);
        int waiting = scheduler.reporting.waitingBehind(machine);
        if (!machine.cas(Machine.RUNNING, Machine.DISPLACED)) {
            return null;
        }
        machine.sighting.taken(handOver.sequence(), waiting, scheduler.clock.nanoTime());
        handOvers.increment();
        machine.signal();
        return handOver;
    }

    /** Gives away the processor of the machine that calls, before a call that blocks; returns whether anybody took it. */
    boolean passOnBeforehand(Machine from) {
        if (!hasTaker()) {
            return false;
        }
        handOvers.increment();
        boolean taken = scheduler.tryPassOn(new HandOver(from));
        if (!taken) {
            handOvers.decrement();
        }
        return taken;
    }

    /** Judges a hand-over, once. */
    void judge(HandOver handOver, boolean used) {
        (used && handOver.isOpen() ? helped : needless).increment();
    }

    long handOvers() {
        return handOvers.sum();
    }

    long helped() {
        return helped.sum();
    }

    long needless() {
        return needless.sum();
    }
}
