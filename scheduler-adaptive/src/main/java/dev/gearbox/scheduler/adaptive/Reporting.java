package dev.gearbox.scheduler.adaptive;

import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.support.Sightings;
import dev.gearbox.support.Verdict;
import dev.gearbox.support.Watching;

/** What the monitor tells of tasks that block or compute for long; for its thread only, except where noted. */
final class Reporting {
    private final AdaptiveScheduler scheduler;
    final Sightings sightings;

    Reporting(AdaptiveScheduler scheduler, Watching watching) {
        this.scheduler = scheduler;
        this.sightings = new Sightings(AdaptiveScheduler.NAME, watching);
    }

    /** Notes what a look at a machine found that is in the same task as before; waits that were announced are no news. */
    void note(Machine machine, Verdict verdict, long now) {
        int state = machine.state();
        if (state == Machine.RUNNING || state == Machine.DISPLACED) {
            int waiting = state == Machine.RUNNING ? waitingBehind(machine) : 0;
            sightings.note(machine.sighting, verdict, action(machine, state, waiting), waiting, now);
        }
    }

    private Action action(Machine machine, int state, int waiting) {
        if (state == Machine.DISPLACED) {
            return Action.HANDED_OVER;
        }
        if (waiting == 0) {
            return Action.NONE_NEEDED;
        }
        boolean sleeper = scheduler.word.hasSleeper();
        if (!sleeper && scheduler.machines.mayStart() && scheduler.sharedLock.isWaitedFor()) {
            return Action.SAME_LOCK;
        }
        boolean helpers = sleeper || scheduler.machines.mayStart();
        boolean fresh = machine.sighting.waited() < 2 * scheduler.sliceNanos();
        return helpers && fresh ? Action.NONE_NEEDED : Action.BOUND_REACHED;
    }

    /** Returns how many first-class runs wait for this machine, and for any if no processor is free; any thread. */
    int waitingBehind(Machine machine) {
        int behind = machine.lane.size();
        return scheduler.word.hasIdleProcessor() ? behind : behind + scheduler.sharedSize();
    }
}
