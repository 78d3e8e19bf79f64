package dev.gearbox.scheduler.adaptive;

import dev.gearbox.support.Evidence;
import dev.gearbox.support.Monitor;
import dev.gearbox.support.Verdict;
import java.util.concurrent.TimeUnit;

/** What the monitor does in each round; for its thread only. */
final class Rounds implements Monitor.Round {
    /** After a hand-over a spare is kept ready for this long. */
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final AdaptiveScheduler scheduler;
    private long polls;
    private boolean active;
    private int stuck;
    /** Those of them that compute in the second class: whoever needs their processor takes it without the monitor. */
    private int settled;

    private int running;
    /** Threads of this scheduler that want a processor of the machine, at the last look. */
    private int computing;
    private long handOvers;
    private long lastHandOver;

    Rounds(AdaptiveScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public boolean look(long now, long stood, boolean isVoid) {
        scheduler.reporting.sightings.begin(now, stood, isVoid);
        observe(now, stood, isVoid);
        if (isVoid) {
            return true;
        }
        scheduler.crowding.look(scheduler.machines.all(), now);
        boolean moved = collectStranded();
        boolean queued = stuck > 0 && isAnythingBehind() || scheduler.isAnythingQueued();
        if (queued) {
            help(now);
        }
        seeToPolling(now);
        keepSpareReady(now);
        return stuck > settled
                || settled > 0 && scheduler.polling.isUnattended()
                || moved
                || queued && scheduler.word.hasIdleProcessor() && !scheduler.crowding.isCrowded(now); // then left idle
    }

    private void observe(long now, long stood, boolean isVoid) {
        boolean crowded = computing > PROCESSORS;
        computing = 0;
        long sum = 0;
        stuck = 0;
        settled = 0;
        running = 0;
        for (Machine machine : scheduler.machines.all()) {
            sum += machine.polls();
            Verdict verdict = machine.evidence.look(now, stood, crowded);
            if (isVoid) {
                machine.evidence.forget();
            }
            if (!isVoid && hasUsedUpSlice(machine.evidence, verdict)) {
                machine.usesUpSlice();
            }
            boolean same = verdict != Verdict.MOVING;
            if (same && !isVoid) {
                scheduler.reporting.note(machine, verdict, now);
            }
            if (same ? verdict != Verdict.BLOCKED : machine.state() == Machine.RUNNING) {
                computing++;
            }
            if (machine.state() == Machine.RUNNING) {
                running++;
                stuck += same ? 1 : 0;
                settled += same && verdict != Verdict.BLOCKED && machine.isSecondClass() ? 1 : 0;
            }
        }
        active = sum != polls;
        polls = sum;
    }

    /** Moves what machines have pushed without knowing that they had lost their processor. */
    private boolean collectStranded() {
        boolean moved = false;
        for (Machine machine : scheduler.machines.all()) {
            int state = machine.state();
            if ((state == Machine.DISPLACED || state == Machine.BLOCKED)
                    && !machine.lane.isEmpty()
                    && (scheduler.word.hasSleeper() || scheduler.machines.mayStart() || running > 0)) {
                machine.lane.publish();
                moved = true;
            }
        }
        return moved;
    }

    private boolean isAnythingBehind() {
        for (Machine machine : scheduler.machines.all()) {
            if (machine.evidence.isStuck() && !machine.lane.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Something waits: gets free processors to work, and takes those of machines that are in the way. */
    private void help(long now) {
        IdleWord word = scheduler.word;
        boolean helpers = word.hasSleeper() || scheduler.machines.mayStart();
        if (word.running() == 0) {
            scheduler.wakeOne();
            return;
        }
        if (!helpers) {
            return;
        }
        for (Machine machine : scheduler.machines.all()) {
            if (machine.state() != Machine.RUNNING || !machine.evidence.isStuck()) {
                continue;
            }
            if (word.hasIdleProcessor()) {
                if (machine.lane.hasSlot()) {
                    machine.lane.publish();
                }
                scheduler.wakeOne();
            } else if (machine.evidence.isBlocked(now)
                    || machine.isSecondClass() && (!machine.lane.isEmpty() || scheduler.isFirstClassQueued())
                    || machine.hasUsedUpSlice() && mayAddBusy()) {
                scheduler.takeover.handOver(machine);
            }
        }
    }

    /**
     * Returns whether a poll has used up its time slice: it has lasted for so long, and has computed for half of that. The
     * rest may be spent waiting for a processor of the machine, where that is full.
     */
    private boolean hasUsedUpSlice(Evidence evidence, Verdict verdict) {
        long slice = scheduler.sliceNanos();
        return verdict != Verdict.MOVING
                && verdict != Verdict.BLOCKED
                && evidence.lasted() >= slice
                && evidence.computed() >= slice / 2;
    }

    private boolean mayAddBusy() {
        int busy = 0;
        for (Machine machine : scheduler.machines.all()) {
            if (machine.state() == Machine.DISPLACED && !machine.evidence.seemsBlocked()) {
                busy++;
            }
        }
        return busy < scheduler.extraBusy() * scheduler.word.processors();
    }

    private void seeToPolling(long now) {
        if (scheduler.polling.isWithdrawn() && scheduler.word.parked() > 0) {
            scheduler.polling.announceAgain();
        }
        if (!scheduler.polling.isUnattended()) {
            return;
        }
        boolean nobodyFree = running == stuck;
        if ((nobodyFree || scheduler.polling.isNeglected(now, scheduler.pollNanos())) && !scheduler.summon()) {
            if (scheduler.polling.isNeglected(now, scheduler.pollNanos())) {
                scheduler.polling.withdraw();
            }
        }
    }

    /** Starts a spare in advance when there were hand-overs lately, off the path of whoever needs it next. */
    private void keepSpareReady(long now) {
        long count = scheduler.takeover.handOvers();
        if (count != handOvers) {
            handOvers = count;
            lastHandOver = now;
        }
        if (count > 0
                && now - lastHandOver < READY_NANOS
                && scheduler.word.parked() == 0
                && scheduler.machines.mayStart()
                && !scheduler.sharedLock.isWaitedFor()) {
            scheduler.machines.start(Machine.SUMMONED, null);
        }
    }

    @Override
    public boolean wasActive() {
        return active;
    }

    @Override
    public boolean isAllWell() {
        return scheduler.reporting.sightings.isAllWell()
                && !scheduler.isAnythingQueued()
                && scheduler.second.isEmpty() // a run that keeps these from being taken up may block
                && !(stuck > 0 && isAnythingBehind())
                && !scheduler.polling.isUnattended()
                && !scheduler.polling.isWithdrawn();
    }

    @Override
    public void rest() {
        // keeps nothing that others would miss
    }
}
