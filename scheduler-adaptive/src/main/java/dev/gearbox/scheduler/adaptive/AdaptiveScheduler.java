package dev.gearbox.scheduler.adaptive;

import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import dev.gearbox.spi.Timers;
import dev.gearbox.support.Clock;
import dev.gearbox.support.GlobalQueue;
import dev.gearbox.support.Monitor;
import dev.gearbox.support.ThreadTimes;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A scheduler without a second pool: it notices when a task blocks and gives that thread's work to another thread, and it
 * uses one thread when one is enough.
 *
 * <p>Fairness, while runs end: with {@code n} runs in a machine's queue, the last of them is polled by that machine after
 * at most {@code 17 * (n + 1) + n / 60} others, or earlier by another machine; the first run of the global queue is polled
 * after at most 61 polls of any one machine; due timers are looked for every 61 polls or sooner, the selector at the first
 * such look after 1 ms. A task that used up its time slice by computing and yields goes behind all others, second
 * class. No more of these compute at once than there are processors; while fewer do, the first in their queue is passed
 * over for at most 100 ms and 62 polls, then they have a time slice among them, each in its turn. First-class work from
 * outside, from a timer or from a socket takes the processor of a second-class run at once. A run behind a task that
 * blocks or computes is taken by another thread after two rounds of the monitor (2 to 20 ms), or after the time slice if
 * all processors compute, as long as the bound on threads allows, and unless the last eight that blocked wait for one
 * lock; then waits that were announced go on by running other tasks on top of themselves, up to 100 deep. So a chain of
 * waits that is deeper than 100 times the bound on threads does not end.
 */
class AdaptiveScheduler implements Scheduler {
    /*
     * The words. A processor is the right to run tasks, and only a count in the idle word. A machine is a thread with a lane
     * (slot and queue) of its own, for ever. So whoever takes the processor of a machine takes a count, by one
     * compare-and-set of that machine's state; its lane stays where it is, only to be filled by its owner, and to be
     * emptied by anybody.
     *
     * Nothing accepted is lost or doubled, whatever the interleaving of execute, takeover, handBack and close:
     *
     *   1. A run is in one place: one of the three shared queues, a lane, or in the hand of one thread. Each step between two
     *      places is one successful compare-and-set or exchange, or a removal under a lock.
     *   2. The shared queues refuse once they are closed, under the lock that guards their contents. What got in before
     *      is seen by the sweep of close(), which comes later, or was taken by a machine.
     *   3. Only a machine puts runs into its lane. It looks at its signal after every poll, and empties its lane before it
     *      ends. So what a sweep misses (a batch on its way between two queues, a run pushed by the present poll) the owner
     *      sends home when that poll returns.
     *   4. A run that a displaced machine still pushed into its lane, not knowing, is seen by everybody who looks for work,
     *      by everybody who is about to sleep, and by the monitor, which moves it to the global queue.
     *   5. A machine that dies, ends or loses its processor publishes its lane.
     *
     * A sweep is finite, since it takes what is there into a list first: runs that come back by execute are not met again.
     */
    static final String NAME = "adaptive";

    /** Before the classic scheduler's. */
    static final int RANKING = 10;

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A machine that has looked up within this time gets to what is pushed from outside by itself. */
    private static final long PROGRESS_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    final Clock clock;
    final GlobalQueue global = new GlobalQueue();
    /** Runs of which it was said that they block. */
    final GlobalQueue announced = new GlobalQueue();

    /** Runs of tasks that used up their time slice and asked to be polled again: behind all others, but not for ever. */
    final GlobalQueue second = new GlobalQueue();

    final IdleWord word;
    final Machines machines;
    final SharedLock sharedLock;
    final Crowding crowding;
    final Takeover takeover = new Takeover(this);
    final Polling polling = new Polling(this);
    final ThreadTimes times = ThreadTimes.ofSystem();
    final Reporting reporting;
    final Monitor monitor;

    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicInteger handBacks = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    /** Second-class runs that were begun and have not ended, blocked ones among them. */
    final AtomicInteger secondClassRuns = new AtomicInteger();

    private final LongAdder handedBack = new LongAdder();
    private volatile long lastSecondClass;
    /** When the last turn ends that second-class work has because it was overdue. */
    private volatile long secondClassTurnEnd;
    private volatile Settings settings;
    private volatile boolean closed;

    /** Makes a scheduler; threads come with the first work. */
    AdaptiveScheduler(Settings settings) {
        this(settings, Clock.SYSTEM, Thread::start);
    }

    /** Makes a scheduler that measures time and starts threads by the given means; a seam for tests. */
    AdaptiveScheduler(Settings settings, Clock clock, Consumer<Thread> starter) {
        this.settings = settings;
        this.clock = clock;
        this.secondClassTurnEnd = clock.nanoTime();
        this.word = new IdleWord(settings.processors());
        this.machines = new Machines(this, starter);
        this.sharedLock = new SharedLock(this);
        this.crowding = new Crowding(clock.nanoTime());
        this.reporting = new Reporting(this, settings.watching());
        this.monitor = new Monitor(
                clock, settings.watching().periods(), times, new Rounds(this), Machines::makeMonitor, starter);
    }

    @Override
    public final String name() {
        return NAME;
    }

    // Accepting

    @Override
    public final void execute(Runnable run) {
        if (!(Thread.currentThread() instanceof Machine machine)
                || machine.scheduler != this
                || !machine.push(Objects.requireNonNull(run, "run"))) {
            executeOutside(run);
        }
        monitor.nudge();
    }

    @Override
    public final void executeYielded(Runnable run) {
        if (!(Thread.currentThread() instanceof Machine machine) || machine.scheduler != this) {
            executeOutside(run);
        } else if (machine.hasUsedUpSlice()) {
            executeSecondClass(machine, Objects.requireNonNull(run, "run"));
        } else if (!machine.pushLast(Objects.requireNonNull(run, "run"))) {
            executeOutside(run);
        }
        monitor.nudge();
    }

    /**
     * Queues the run apart; the machine that takes it gives its processor away first if others wait, which costs nothing
     * that is not needed then.
     */
    @Override
    public final void executeBlocking(Runnable run) {
        wakeIfNeeded(announced.push(Objects.requireNonNull(run, "run")));
        monitor.nudge();
    }

    /** Queues a run behind all others, on behalf of a machine whose poll is about to end. */
    final void executeSecondClass(Machine from, Runnable run) {
        if (second.isEmpty()) {
            lastSecondClass = clock.nanoTime(); // the time begins now for which it may be passed over
        }
        second.push(run);
        if (word.wantsOne() && !isToTakeSecondClass(from) && maySecondClassRun(from)) {
            wakeOne();
        }
    }

    /** Returns whether a machine whose poll is about to end takes up second-class work next: it finds nothing else. */
    private boolean isToTakeSecondClass(Machine machine) {
        return machine != null && machine.lane.isEmpty() && global.isEmpty() && announced.isEmpty();
    }

    private void executeOutside(Runnable run) {
        wakeIfNeeded(global.push(Objects.requireNonNull(run, "run")));
    }

    /**
     * Wakes a machine, unless one that runs gets to it at once, or one searches. To look whether one gets to it costs as
     * much as to queue a run, so only whoever makes the queue as long as a power of two looks.
     */
    private void wakeIfNeeded(int queued) {
        if (isHelpToBeHad()
                && (word.running() == 0
                        || (queued & (queued - 1)) == 0 && !isProgressing(clock.nanoTime(), PROGRESS_NANOS))) {
            callHelp();
        }
    }

    /** Returns whether {@link #callHelp} would do anything: nobody searches, and a processor can be had. */
    final boolean isHelpToBeHad() {
        return word.wantsOne() || secondClassRuns.get() > 0 && word.searching() == 0;
    }

    /** First-class work waits: gets a free processor to work, or one that a second-class run has. */
    final void callHelp() {
        if (word.wantsOne()) {
            wakeOne();
        } else {
            takeover.preempt();
        }
    }

    // Waking

    /** Wakes or starts one machine, if nobody searches and a processor is free. */
    final void wakeOne() {
        wakeOne(null);
    }

    /** As {@link #wakeOne()}, this one if it is parked. */
    final void wakeOne(Machine preferred) {
        do {
            switch (word.claim(polling.isPollerAwake())) {
                case NOBODY -> {
                    return;
                }
                case POLLER -> {
                    polling.wake();
                    return;
                }
                case PARKED -> {
                    unpark(Machine.RUNNING, preferred, null);
                    return;
                }
                default -> {
                    if (machines.start(Machine.RUNNING, null)) {
                        return;
                    }
                    word.undoNew();
                }
            }
        } while (word.hasSleeper());
    }

    /** Gives the processor that the caller took to another machine, or makes it free if there is none. */
    final boolean passOn(HandOver handOver) {
        if (tryPassOn(handOver)) {
            return true;
        }
        takeover.judge(handOver, false);
        word.release();
        if (word.hasSleeper()) {
            wakeOne();
        }
        return false;
    }

    /** Makes the processor that the caller has in hand free, for whoever there is work for. */
    final void release() {
        word.release();
        if (isAnythingQueued()) {
            wakeOne();
        }
        ensurePoller();
    }

    /** Gives the processor that the caller has in hand to another machine; if there is none the caller keeps it. */
    final boolean tryPassOn(HandOver handOver) {
        switch (word.pass()) {
            case POLLER -> polling.wake(handOver);
            case PARKED -> unpark(Machine.RUNNING, null, handOver);
            default -> {
                if (!machines.start(Machine.RUNNING, handOver)) {
                    word.stopSearching();
                    return false;
                }
            }
        }
        return true;
    }

    /** Sees to it that a machine polls if nobody runs who would. */
    final void ensurePoller() {
        if (word.running() == 0 && polling.isUnattended()) {
            summon();
        }
    }

    /** Makes a spare poll; returns false if there is none and none can be started. */
    final boolean summon() {
        if (word.tryTakeParked()) {
            unpark(Machine.SUMMONED, null, null);
            return true;
        }
        return machines.start(Machine.SUMMONED, null);
    }

    /**
     * Wakes the parked machine that was claimed: any, but the one that parked last if it still does, which may not even
     * sleep yet, else the older ones first, so that the others can end.
     */
    private void unpark(int state, Machine preferred, HandOver handOver) {
        Machine first = preferred != null ? preferred : machines.parkedLast();
        if (first != null && first.cas(Machine.PARKED, state)) {
            first.owe(handOver);
            first.parker.unpark();
            return;
        }
        while (true) {
            for (Machine machine : machines.all()) {
                if (machine.state() == Machine.PARKED && machine.cas(Machine.PARKED, state)) {
                    machine.owe(handOver);
                    machine.parker.unpark();
                    return;
                }
            }
            Thread.onSpinWait(); // another took the one that was meant; its own is still to be found
        }
    }

    /** Sees to it that nothing is left behind by a thread that has ended. */
    final void carryOn() {
        if (!closed) {
            if (isAnythingQueued()) {
                wakeOne();
            }
            ensurePoller();
        }
    }

    // What machines ask

    /** Returns whether there is anything that a machine that looks for work would find. */
    final boolean isAnythingQueued() {
        return isFirstClassQueued() || isSecondClassOffered();
    }

    /** Returns whether a machine that finds nothing else would take up a second-class run. */
    final boolean isSecondClassOffered() {
        return !second.isEmpty() && maySecondClassRun(null);
    }

    /**
     * Returns whether one more second-class run may begin: not while as many of them compute as there are processors,
     * with or without one. Those that are blocked do not count, nor does the one of this machine, which is about to end.
     */
    private boolean maySecondClassRun(Machine except) {
        int most = word.processors();
        if (secondClassRuns.get() < most) {
            return true;
        }
        int computing = 0;
        for (Machine machine : machines.all()) {
            if (machine != except && machine.isSecondClass() && !machine.evidence.seemsBlocked()) {
                computing++;
            }
        }
        return computing < most;
    }

    /** As {@link #isAnythingQueued}, but for runs of tasks that have used up their time slice. */
    final boolean isFirstClassQueued() {
        if (!global.isEmpty() || !announced.isEmpty()) {
            return true;
        }
        Machine[] all = machines.all();
        if (all.length < 2) {
            return false;
        }
        long now = clock.nanoTime();
        for (Machine machine : all) {
            if (!machine.lane.isEmpty() && Finder.offers(machine, now)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many first-class runs wait in the queues that belong to no machine. */
    final int sharedSize() {
        return global.size() + announced.size();
    }

    /** Returns whether second-class work has been passed over for too long, or has its turn because of that. */
    final boolean isSecondClassOverdue(long now) {
        return !second.isEmpty() && (isPassedOver(now) || now - secondClassTurnEnd < 0) && maySecondClassRun(null);
    }

    private boolean isPassedOver(long now) {
        return now - lastSecondClass > settings.passedOver().toNanos();
    }

    /** Notes that second-class work has its turn, at least for a time slice: runs that turn out short all get theirs. */
    final void secondClassTaken(long now) {
        if (isPassedOver(now)) {
            secondClassTurnEnd = now + sliceNanos();
        }
        lastSecondClass = now;
    }

    /** Returns whether a machine that runs has looked up from its queue within this time. */
    final boolean isProgressing(long now, long nanos) {
        for (Machine machine : machines.all()) {
            if (machine.state() == Machine.RUNNING && !machine.isSecondClass() && machine.pace.isFresh(now, nanos)) {
                return true;
            }
        }
        return false;
    }

    final boolean isClosed() {
        return closed;
    }

    final int handBacks() {
        return handBacks.get();
    }

    final int renewals() {
        return renewals.get();
    }

    final int maxThreads() {
        return settings.maxThreads();
    }

    final long sliceNanos() {
        return settings.slice().toNanos();
    }

    final int extraBusy() {
        return settings.extraBusy();
    }

    final long pollNanos() {
        return settings.pollEvery().toNanos();
    }

    final long keepAliveNanos() {
        return settings.keepAlive().toNanos();
    }

    // Leaving gear, closing

    @Override
    public final void drive(Reactor reactor, Timers timers) {
        polling.drive(reactor, timers);
        monitor.nudge();
    }

    @Override
    public final void handBack() {
        handBacks.incrementAndGet();
        signalAll();
        sendHome(sweep());
    }

    private void signalAll() {
        for (Machine machine : machines.all()) {
            machine.signal();
        }
    }

    /** Makes sleepers look whether they have to end. */
    private void rouse() {
        for (Machine machine : machines.all()) {
            machine.signal();
            machine.parker.unpark();
        }
        polling.wake();
    }

    @Override
    public final void renewThreads() {
        renewals.incrementAndGet();
        rouse();
    }

    private List<Runnable> sweep() {
        List<Runnable> runs = new ArrayList<>();
        global.drainTo(runs::add);
        announced.drainTo(runs::add);
        second.drainTo(runs::add);
        for (Machine machine : machines.all()) {
            machine.lane.drainTo(runs::add);
        }
        return runs;
    }

    /** Sends everything in a lane home. */
    final void sendHome(Lane lane) {
        List<Runnable> runs = new ArrayList<>();
        lane.drainTo(runs::add);
        sendHome(runs);
    }

    /** Hands tasks' runs back; plain runnables are queued again, or run when that is too late. */
    private void sendHome(List<Runnable> runs) {
        boolean kept = false;
        for (Runnable run : runs) {
            if (run instanceof Run task) {
                handBack(task);
            } else if (closed) {
                runPlain(run);
            } else {
                global.pushOwned(run);
                kept = true;
            }
        }
        if (kept) {
            wakeOne();
        }
    }

    private void handBack(Run task) {
        handedBack.increment();
        try {
            task.handBack();
        } catch (Throwable failure) {
            Machine.LOG.log(Level.ERROR, "a run did not take being handed back", failure);
        }
    }

    private static void runPlain(Runnable run) {
        try {
            run.run();
        } catch (Throwable failure) {
            Machine.LOG.log(Level.ERROR, "a " + run.getClass().getName() + " failed", failure);
        }
    }

    /** Takes new settings; machines that are too many give up their processor after their present poll. */
    final void reconfigure(Settings newSettings) {
        settings = newSettings;
        word.setProcessors(newSettings.processors());
        reporting.sightings.set(newSettings.watching());
        monitor.setPeriods(newSettings.watching().periods());
        signalAll();
        if (isAnythingQueued()) {
            wakeOne();
        }
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        long deadline = System.nanoTime() + CLOSE_NANOS;
        closed = true;
        polling.drive(null, null);
        global.close();
        announced.close();
        second.close();
        for (Machine machine : machines.all()) {
            machine.cas(Machine.RUNNING, Machine.DISPLACED);
        }
        rouse();
        monitor.close();
        finish(sweep(), deadline);
        List<Machine> left = machines.awaitEnd(deadline);
        finish(sweep(), deadline);
        if (!left.isEmpty()) {
            Machine.LOG.log(Level.WARNING, "closed while " + left.size() + " threads are inside a task: " + left);
        }
    }

    /** Hands tasks' runs back; plain runnables get a thread of their own since they may block. */
    private void finish(List<Runnable> runs, long deadline) {
        List<Runnable> plain = new ArrayList<>();
        for (Runnable run : runs) {
            if (run instanceof Run task) {
                handBack(task);
            } else {
                plain.add(run);
            }
        }
        if (!plain.isEmpty()) {
            Closing.run(() -> plain.forEach(AdaptiveScheduler::runPlain), deadline);
        }
    }

    @Override
    public final SchedulerStatistics statistics() {
        Machines.Sums sums = machines.sums();
        return new SchedulerStatistics(
                sums.running() + sums.parked() + sums.blocked(),
                Math.max(settings.maxThreads(), sums.running() + sums.parked() + sums.blocked()),
                sums.running(),
                sums.parked(),
                sums.blocked(),
                sharedSize() + second.size() + sums.queued(),
                sums.polls(),
                sums.steals(),
                sums.parks(),
                sums.unparks(),
                takeover.handOvers(),
                takeover.helped(),
                takeover.needless(),
                handedBack.sum(),
                sums.started(),
                sums.startFailures(),
                monitor.wakeUps(),
                polling.isWanted());
    }

    /** Shows what the statistics do not tell: who is on the way where, and what waits where. */
    @Override
    public final String toString() {
        return NAME + "[" + word + ", " + polling + ", global " + global.size() + ", announced " + announced.size()
                + ", second class " + second.size() + ", closed " + closed + "]";
    }
}
