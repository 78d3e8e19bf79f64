package dev.gearbox.scheduler.adaptive;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a machine does whose task says that it is going to block; for the machine itself only. */
final class Blocking {
    /*
     * The processor goes to another thread if something waits, or if nobody else would poll; else it only becomes free.
     * Somebody who is not blocked must be left, or be startable: otherwise the caller keeps its processor and works while
     * it waits, with other tasks on top of its stack. Of two that block at once, one sees the other gone, since both
     * decide by the idle word.
     *
     * A machine that works while it waits cannot sleep in the selector, since its waker only unparks it. If nobody else
     * polls, the roles are closed, and the threads of the reactor and of the timers take over until a machine is idle.
     *
     * Waits nest: a task that runs on top of a wait may wait itself, and so may a poll that a wait is woken for. The first
     * kind of inner wait begins with a processor and must come back with one, or as displaced. The second kind begins in
     * a machine that has announced its block already, and whose outer wait will park without a word: so it must come back
     * as it was, without a processor. "withoutProcessor" remembers for each wait that has not ended which kind it is.
     */

    /** How many waits may lie on top of each other on one stack; some kilobytes each. */
    static final int DEEPEST = 100;

    /** How long a machine that deep sleeps before it looks for plain runnables again. */
    private static final long DEEP_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Machine machine;
    private final AdaptiveScheduler scheduler;
    private final IdleWord word;
    private final BitSet withoutProcessor = new BitSet();
    private int waits;
    private int depth;

    Blocking(Machine machine) {
        this.machine = machine;
        this.scheduler = machine.scheduler;
        this.word = scheduler.word;
    }

    /** See {@link dev.gearbox.spi.WorkerThread#beforeBlocking}. */
    boolean before() {
        machine.newStretch();
        withoutProcessor.set(waits++, machine.state() == Machine.BLOCKED);
        machine.lane.queue.clean(); // it may be long until the next chance
        return scheduler.isClosed() || giveUpProcessor();
    }

    private boolean giveUpProcessor() {
        if (!machine.cas(Machine.RUNNING, Machine.BLOCKED)) {
            machine.set(Machine.BLOCKED);
            machine.lane.publish();
            return word.running() > 0 || word.hasSleeper() || scheduler.machines.mayStart();
        }
        boolean wanted = isAnythingToDo();
        boolean given = wanted
                ? scheduler.takeover.passOnBeforehand(machine)
                : word.tryRelease(scheduler.machines.mayStart());
        if (!given) {
            machine.set(Machine.RUNNING);
            return false;
        }
        if (word.wantsOne() && scheduler.isAnythingQueued()) {
            scheduler.wakeOne();
        }
        scheduler.ensurePoller();
        return true;
    }

    private boolean isAnythingToDo() {
        return !machine.lane.isEmpty()
                || !scheduler.global.isEmpty()
                || !scheduler.announced.isEmpty()
                || scheduler.isSecondClassOffered()
                || word.running() == 1 && scheduler.polling.isUnattended();
    }

    /** See {@link dev.gearbox.spi.WorkerThread#afterBlocking}. */
    void after() {
        machine.newStretch();
        if (withoutProcessor.get(--waits)) {
            stayBlocked();
        } else if (machine.state() == Machine.RUNNING) {
            return;
        } else if (!scheduler.isClosed() && word.tryAcquire()) {
            machine.set(Machine.RUNNING);
        } else {
            machine.set(Machine.DISPLACED);
            machine.signal();
        }
    }

    /** Goes back to an outer wait that has no processor. */
    private void stayBlocked() {
        if (machine.cas(Machine.RUNNING, Machine.BLOCKED)) {
            machine.lane.publish();
            scheduler.release();
        } else {
            machine.set(Machine.BLOCKED);
        }
    }

    /** See {@link dev.gearbox.spi.WorkerThread#workUntil}. */
    void workUntil(BooleanSupplier released, long maxNanos) {
        long begin = scheduler.clock.nanoTime();
        if (depth >= DEEPEST) {
            waitOnly(released, maxNanos);
            return;
        }
        Runnable outer = machine.current();
        ClassLoader loader = machine.getContextClassLoader();
        String name = machine.getName();
        boolean secondClass = machine.isSecondClass();
        depth++;
        machine.turnSequence();
        machine.setCurrent(null);
        machine.setSecondClass(false);
        try {
            long left = maxNanos;
            while (left > 0 && !released.getAsBoolean() && !machine.isInterrupted()) {
                work(released, left);
                left = maxNanos == Long.MAX_VALUE ? maxNanos : maxNanos - (scheduler.clock.nanoTime() - begin);
            }
        } finally {
            stopSearching();
            machine.setCurrent(outer);
            machine.setContextClassLoader(loader);
            machine.setName(name);
            machine.setSecondClass(secondClass);
            machine.turnSequence();
            depth--;
        }
    }

    private void work(BooleanSupplier released, long maxNanos) {
        if (machine.takeSignal()) {
            machine.attendToHandBack();
            machine.signal(); // the outermost loop may have to attend to the rest
        }
        if (scheduler.isClosed()) {
            scheduler.sendHome(machine.lane);
            LockSupport.parkNanos(this, maxNanos);
            return;
        }
        Runnable run = machine.state() == Machine.RUNNING || machine.regain() ? machine.next() : null;
        if (run != null) {
            machine.runOne(run);
        } else {
            park(released, maxNanos);
        }
    }

    private void park(BooleanSupplier released, long maxNanos) {
        boolean owned = machine.cas(Machine.RUNNING, Machine.PARKED);
        if (!owned) {
            machine.set(Machine.PARKED);
        }
        word.park(owned, machine.searching);
        machine.searching = false;
        if (word.running() == 0 && scheduler.polling.isUnattended()) {
            scheduler.polling.withdraw();
        }
        if (word.wantsOne() && scheduler.isAnythingQueued()) {
            scheduler.wakeOne(machine);
        }
        if (machine.state() == Machine.PARKED && !released.getAsBoolean()) {
            machine.counts.parks.increment();
            machine.parker.park(maxNanos);
        }
        getUp();
    }

    /** Ends the sleep, claimed or not. */
    private void getUp() {
        while (machine.state() == Machine.PARKED) {
            if (!word.tryTakeParked()) {
                Thread.yield(); // a claim is about to arrive, here or at another
            } else if (machine.cas(Machine.PARKED, Machine.DISPLACED)) {
                return;
            } else {
                word.untakeParked();
            }
        }
        if (machine.state() == Machine.SUMMONED) {
            machine.set(Machine.DISPLACED);
            scheduler.polling.withdraw();
        } else {
            machine.searching = true; // claimed, even if the processor has been taken away again meanwhile
        }
    }

    private void stopSearching() {
        if (machine.searching) {
            machine.searching = false;
            word.stopSearching();
            if (word.wantsOne() && scheduler.isAnythingQueued()) {
                scheduler.wakeOne();
            }
        }
    }

    /** Waits without working, for the stack is deep enough; but wakes of tasks that yield may have nobody else left. */
    private void waitOnly(BooleanSupplier released, long maxNanos) {
        if (machine.cas(Machine.RUNNING, Machine.BLOCKED)) {
            machine.lane.publish();
            scheduler.release();
        }
        Runnable plain = scheduler.global.pollPlain();
        if (plain != null) {
            Runnable outer = machine.current();
            machine.runOne(plain);
            machine.setCurrent(outer);
        } else if (!released.getAsBoolean()) {
            LockSupport.parkNanos(this, Math.min(maxNanos, DEEP_PARK_NANOS));
        }
    }
}
