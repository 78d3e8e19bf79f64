package dev.gearbox.scheduler.adaptive;

import java.util.concurrent.TimeUnit;

/** What a machine does that has nothing to run: one of them polls, the others are parked spares; for the machine itself. */
final class Idling {
    /*
     * Before it sleeps, a machine gives its processor up and says so in the idle word, then looks at all queues once more;
     * see there why that loses no wake-up. It comes back with a processor, or not at all.
     *
     * The selector and the timers are watched by one machine, the holder of the lease in Polling. It has no processor
     * while it sleeps there. What it wakes goes into its own lane, and it runs that itself, with a processor that is free
     * or that it takes from a machine that is blocked or overdue. If there is none, it leaves the work to those that run.
     *
     * To go to sleep and be woken costs some 50 µs. So a machine whose last sleeps were all that short stays awake in the
     * selector for such a time, giving way to other threads; nobody who queues work has to do anything else for that. One
     * longer sleep, and it sleeps at once again: a machine that is woken every millisecond never stays awake for nothing.
     */

    /** How many sleeps in a row were short before the machine stays awake. */
    private static final int SHORT_SLEEPS = 3;

    /** A sleep is short up to this, which includes the time it takes to wake up. */
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** How long it stays awake, and how many looks at the selector that are at most. */
    private static final long AWAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final int AWAKE_LOOKS = 100;

    /** How many spares stay for good, so that a hand-over never waits for a thread to start. */
    static final int SPARES = 1;

    /** Machines that have looked up within this time see to the polling by themselves. */
    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Machine machine;
    private final AdaptiveScheduler scheduler;
    private final IdleWord word;
    private int shortSleeps;

    Idling(Machine machine) {
        this.machine = machine;
        this.scheduler = machine.scheduler;
        this.word = scheduler.word;
    }

    /** Sleeps until there is something to do; returns false if the thread is to end, else the machine owns a processor. */
    boolean rest() {
        boolean summoned = machine.state() == Machine.SUMMONED;
        while (!machine.mustEnd()) {
            scheduler.polling.announceAgain();
            boolean watch = summoned
                    || machine.state() == Machine.RUNNING
                    || !scheduler.isProgressing(scheduler.clock.nanoTime(), PROGRESS_NANOS);
            boolean up = watch && scheduler.polling.lease(machine) ? poll() : park();
            if (up) {
                machine.pace.restart(scheduler.clock.nanoTime());
                return true;
            }
            summoned = machine.state() == Machine.SUMMONED;
            if (machine.state() == Machine.ENDED) {
                return false;
            }
        }
        return false;
    }

    // In the selector

    private boolean poll() {
        Polling polling = scheduler.polling;
        boolean granted = false;
        try {
            boolean owned = machine.cas(Machine.RUNNING, Machine.POLLING);
            machine.set(Machine.POLLING);
            machine.settle(true);
            polling.setPollerAwake(true);
            word.enterPoll(owned, machine.searching);
            machine.searching = false;
            machine.lane.queue.clean();
            sleepInSelector(polling);
        } finally {
            granted = !word.leavePoll(); // before the next one may enter
            polling.giveLeaseBack();
            machine.searching = granted;
            machine.set(granted ? Machine.RUNNING : Machine.DISPLACED);
        }
        if (granted) {
            return true;
        }
        boolean work = !machine.lane.isEmpty() || word.hasIdleProcessor() && scheduler.isAnythingQueued();
        return work && machine.regain();
    }

    private void sleepInSelector(Polling polling) {
        polling.deliverDue();
        long begin = scheduler.clock.nanoTime();
        if (shortSleeps == SHORT_SLEEPS) {
            stayAwake(polling, begin);
        }
        while (hasNothingToDo(polling)) {
            machine.counts.parks.increment();
            polling.setPollerAwake(false);
            polling.sleep(machine);
            Thread.interrupted(); // a late interrupt of a task that has ended
            polling.deliverDue();
        }
        boolean isShort = scheduler.clock.nanoTime() - begin < SHORT_NANOS;
        shortSleeps = isShort ? Math.min(shortSleeps + 1, SHORT_SLEEPS) : 0;
    }

    private void stayAwake(Polling polling, long begin) {
        long now = begin;
        for (int looks = AWAKE_LOOKS; looks > 0 && now - begin < AWAKE_NANOS; looks--) {
            if (!hasNothingToDo(polling) || polling.isDue(now)) {
                return;
            }
            polling.select();
            Thread.yield();
            now = scheduler.clock.nanoTime();
        }
    }

    private boolean hasNothingToDo(Polling polling) {
        return machine.lane.isEmpty()
                && polling.isWanted()
                && !word.isPollerClaimed()
                && !machine.mustEnd()
                && !(word.hasIdleProcessor() && scheduler.isAnythingQueued());
    }

    // Parked

    private boolean park() {
        machine.settle(false);
        boolean owned = machine.cas(Machine.RUNNING, Machine.PARKED);
        if (!owned) {
            machine.set(Machine.PARKED);
        }
        scheduler.machines.parks(machine);
        word.park(owned, machine.searching);
        machine.searching = false;
        machine.lane.queue.clean();
        lookOnceMore();
        sleepWhileParked();
        int state = machine.state();
        if (state == Machine.SUMMONED || state == Machine.ENDED) {
            return false;
        }
        machine.searching = true; // claimed, even if the processor has been taken away again meanwhile
        machine.counts.unparks.increment();
        return true;
    }

    private void lookOnceMore() {
        if (word.wantsOne() && scheduler.isAnythingQueued()) {
            scheduler.wakeOne(machine);
        }
        scheduler.ensurePoller();
    }

    private void sleepWhileParked() {
        while (machine.state() == Machine.PARKED) {
            if (machine.mustEnd()) {
                endIfUnclaimed(0);
                continue;
            }
            boolean spare = word.parked() > SPARES;
            machine.counts.parks.increment();
            long begin = scheduler.clock.nanoTime();
            boolean woken = machine.parker.park(spare ? scheduler.keepAliveNanos() : Long.MAX_VALUE);
            Thread.interrupted();
            if (!woken && spare && scheduler.clock.nanoTime() - begin >= scheduler.keepAliveNanos()) {
                endIfUnclaimed(SPARES);
            }
        }
    }

    /** Ends unless somebody has claimed a parked machine meanwhile, which may be this one. */
    private void endIfUnclaimed(int stay) {
        if (!word.tryTakeParked(stay)) {
            Thread.yield(); // if it was this one, the claim is about to arrive
        } else if (!machine.cas(Machine.PARKED, Machine.ENDED)) {
            word.untakeParked();
        }
    }
}
