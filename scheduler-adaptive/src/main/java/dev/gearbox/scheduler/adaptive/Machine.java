package dev.gearbox.scheduler.adaptive;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import dev.gearbox.support.Evidence;
import dev.gearbox.support.Parker;
import dev.gearbox.support.Sighting;
import dev.gearbox.support.ThreadParker;
import dev.gearbox.support.ThreadTimes;
import dev.gearbox.support.Watched;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;

/** A thread that runs tasks while it owns a processor. */
final class Machine extends Thread implements WorkerThread, Watched {
    /*
     * State. "o" marks the one in which the machine owns a processor.
     *
     *   RUNNING  o   runs tasks or looks for some
     *   DISPLACED    has no processor: it was taken away in the middle of a task, or there was none to be had
     *   BLOCKED      has announced that its task blocks
     *   POLLING      sleeps in the selector or for a deadline
     *   PARKED       a spare, asleep
     *   SUMMONED     was asleep and is to poll
     *   ENDED        is about to end
     *
     *   RUNNING -> DISPLACED  by compare-and-set by whoever takes the processor, or closes the scheduler
     *   PARKED  -> RUNNING, SUMMONED  by compare-and-set by whoever claimed a parked machine from the idle word
     *   POLLING -> RUNNING  by the machine itself, when it finds that it was claimed
     *   all else by the machine itself; from RUNNING and PARKED by compare-and-set
     *
     * The hot path reads two words that others may write: "state" at every push, "signal" after every poll. A machine that
     * loses its processor between the two goes on for one poll, which is harmless: its lane is its own, and what it
     * pushes there in the meantime can be stolen like everything else.
     *
     * "sequence" is odd while a task is inside a poll, and different for each poll: two equal odd readings are the same
     * poll. "current" is written between the even and the odd number, so that who reads it between two equal odd
     * readings has that poll's run; hence release, which costs nothing more on most processors.
     */
    static final int RUNNING = 0;
    static final int DISPLACED = 1;
    static final int BLOCKED = 2;
    static final int POLLING = 3;
    static final int PARKED = 4;
    static final int SUMMONED = 5;
    static final int ENDED = 6;

    /** So many runs that one poll has queued may take longer than those before them. */
    private static final int MANY = 16;

    static final Logger LOG = System.getLogger("dev.gearbox.scheduler.adaptive");

    private static final VarHandle STATE;
    private static final VarHandle SEQUENCE;
    private static final VarHandle POLLS;
    private static final VarHandle OWED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Machine.class, "state", int.class);
            SEQUENCE = lookup.findVarHandle(Machine.class, "sequence", long.class);
            POLLS = lookup.findVarHandle(Machine.class, "polls", long.class);
            OWED = lookup.findVarHandle(Machine.class, "owed", HandOver.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final AdaptiveScheduler scheduler;
    final Lane lane;
    final Pace pace = new Pace();
    final Parker parker = new ThreadParker(this);
    final Counts counts = new Counts();
    final Evidence evidence;
    final Sighting sighting;
    private final Idling idling;
    private final Finder finder;
    private final Blocking blocking;
    private final String name;
    private final ClassLoader loader = AdaptiveScheduler.class.getClassLoader();

    private volatile int state;
    private volatile boolean signal;
    /** The present run is second class, so that whoever has first-class work may take the processor at once. */
    private volatile boolean secondClass;
    /** What this machine got its processor by, until it has made use of it. */
    private volatile HandOver owed;

    private volatile long nativeId;
    /** The sequence of the last poll that the monitor saw computing for longer than the time slice. */
    private volatile long usedUp;
    private long sequence;
    private long polls;

    // For the machine itself only
    /** Counts as searching in the idle word. */
    boolean searching;
    /** The next run is known to block. */
    boolean announced;
    /** The next run is second class. */
    boolean second;
    private Runnable current;
    private int handBacks;
    private final int renewals;

    Machine(AdaptiveScheduler scheduler, String name, int state) {
        super(Machines.GROUP, null, name, 0, false);
        this.scheduler = scheduler;
        this.name = name;
        this.state = state;
        this.searching = state == RUNNING; // a claim of a new thread includes that
        this.lane = new Lane(scheduler.global);
        this.evidence = new Evidence(this, scheduler.times);
        this.sighting = new Sighting(this, evidence);
        this.handBacks = scheduler.handBacks();
        this.renewals = scheduler.renewals();
        this.idling = new Idling(this);
        this.finder = new Finder(this);
        this.blocking = new Blocking(this);
        setDaemon(true);
        setContextClassLoader(loader);
    }

    // The loop

    @Override
    public void run() {
        try {
            nativeId = ThreadTimes.nativeIdOfCallingThread();
            pace.restart(scheduler.clock.nanoTime());
            if (state() != SUMMONED || idling.rest()) {
                work();
            }
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, name + " died and is replaced", failure);
        } finally {
            scheduler.machines.end(this);
        }
    }

    private void work() {
        while (true) {
            if (signal && !attend()) {
                return;
            }
            Runnable run = next();
            if (run != null) {
                runOne(run);
            } else if (!idling.rest()) {
                return;
            }
        }
    }

    /** Takes the next run from wherever there is one, or returns null. */
    Runnable next() {
        Runnable run = pace.isDue() ? finder.look() : null;
        if (run == null) {
            run = lane.next();
            if (run == null) {
                run = finder.search();
                if (run == null) {
                    return null;
                }
            }
        }
        if (searching) {
            finder.found();
        }
        if (owed != null) {
            settle(true);
        }
        return run;
    }

    /** Runs it on this stack, whatever it throws; leaves no trace of it on the thread. */
    void runOne(Runnable run) {
        if (announced) {
            announced = false;
            runAnnounced(run);
            return;
        }
        if (second) {
            second = false;
            runSecondClass(run);
            return;
        }
        current = run;
        POLLS.setOpaque(this, polls + 1);
        SEQUENCE.setRelease(this, sequence + 1);
        try {
            run.run();
        } catch (Throwable failure) {
            report(run, failure);
        }
        SEQUENCE.setRelease(this, sequence + 1);
        VarHandle.storeStoreFence();
        current = null;
        restore();
    }

    private void runAnnounced(Runnable run) {
        beforeBlocking(); // if nobody can take over, the run goes first and the others wait
        try {
            runOne(run);
        } finally {
            afterBlocking();
        }
    }

    private void runSecondClass(Runnable run) {
        boolean outer = secondClass;
        secondClass = true;
        scheduler.secondClassRuns.incrementAndGet();
        try {
            if (scheduler.polling.isUnattended()) {
                scheduler.summon(); // this machine will not look up for long
            }
            runOne(run);
        } finally {
            secondClass = outer;
            scheduler.secondClassRuns.decrementAndGet();
        }
    }

    private void restore() {
        if (isInterrupted()) {
            Thread.interrupted();
        }
        if (getContextClassLoader() != loader) {
            setContextClassLoader(loader);
        }
        if (getName() != name) { // the same object unless it was set since
            setName(name);
        }
    }

    private void report(Runnable run, Throwable failure) {
        try {
            LOG.log(Level.ERROR, "a " + run.getClass().getName() + " failed on " + name, failure);
        } catch (Throwable noMemory) {
            counts.unreported.increment();
        }
    }

    // Orders from others

    /** Makes the machine look up after its present poll. */
    void signal() {
        signal = true;
    }

    /** Does what others asked for; returns false if this machine is to end. */
    private boolean attend() {
        signal = false;
        if (sighting.end(scheduler.clock.nanoTime())) {
            scheduler.monitor.nudge();
        }
        attendToHandBack();
        if (mustEnd()) {
            return false;
        }
        if (state() == DISPLACED) {
            return regain() || idling.rest();
        }
        if (scheduler.word.isOver() && cas(RUNNING, DISPLACED)) {
            scheduler.word.release();
            lane.publish();
            return idling.rest();
        }
        return true;
    }

    void attendToHandBack() {
        int now = scheduler.handBacks();
        if (handBacks != now) {
            handBacks = now;
            scheduler.sendHome(lane);
        }
    }

    /** Returns whether this thread has to end as soon as it is in no task. */
    boolean mustEnd() {
        return scheduler.isClosed() || renewals != scheduler.renewals() && polls > 0;
    }

    /** Returns whether a signal waits. */
    boolean isSignalled() {
        return signal;
    }

    /** Returns whether a signal waits, and takes it. */
    boolean takeSignal() {
        boolean was = signal;
        if (was) {
            signal = false;
        }
        return was;
    }

    /** Tries to get a processor, a free one or that of a machine that is blocked or has used up its time. */
    boolean regain() {
        if (scheduler.word.tryAcquire()) {
            set(RUNNING);
            return true;
        }
        boolean firstClass = !lane.isEmpty() || scheduler.isFirstClassQueued();
        if ((firstClass || scheduler.isSecondClassOffered()) && scheduler.takeover.seize(this, firstClass)) {
            set(RUNNING);
            return true;
        }
        lane.publish();
        return false;
    }

    /** Notes what this machine gets its processor by; null changes nothing. Any thread. */
    void owe(HandOver handOver) {
        if (handOver != null) {
            HandOver earlier = (HandOver) OWED.getAndSet(this, handOver);
            if (earlier != null) {
                scheduler.takeover.judge(earlier, false);
            }
        }
    }

    /** Judges what this machine got its processor by: it makes use of it, or has found no use. */
    void settle(boolean used) {
        HandOver handOver = owed == null ? null : (HandOver) OWED.getAndSet(this, null);
        if (handOver != null) {
            scheduler.takeover.judge(handOver, used);
        }
    }

    // State

    int state() {
        return state;
    }

    void set(int newState) {
        state = newState;
    }

    boolean isSecondClass() {
        return secondClass;
    }

    /** Says of what class the present run is, around runs on top of it; for the machine itself. */
    void setSecondClass(boolean is) {
        secondClass = is;
    }

    /** Notes that the poll that was looked at last has used up its time slice by computing; for the monitor. */
    void usesUpSlice() {
        long now = sequence();
        if (evidence.isStuck()) { // still the same: if it ends now, "now" is the number of the one that has ended
            usedUp = now;
        }
    }

    /** Returns whether the present poll has used up its time slice by computing. Any thread. */
    boolean hasUsedUpSlice() {
        long now = sequence();
        return (now & 1) != 0 && usedUp == now;
    }

    boolean cas(int from, int to) {
        return STATE.compareAndSet(this, from, to);
    }

    @Override
    public long sequence() {
        return (long) SEQUENCE.getAcquire(this);
    }

    @Override
    public Thread thread() {
        return this;
    }

    @Override
    public long nativeId() {
        return nativeId;
    }

    @Override
    public void sighted() {
        signal();
    }

    long polls() {
        return (long) POLLS.getOpaque(this);
    }

    /** Ends or begins anew what counts as one poll, around runs on top of it. */
    void turnSequence() {
        SEQUENCE.setRelease(this, sequence + 1);
        VarHandle.storeStoreFence();
    }

    /** Begins a new stretch of the same poll, or of the time between two: a wait that was announced is judged by itself. */
    void newStretch() {
        SEQUENCE.setRelease(this, sequence + 2);
    }

    @Override
    public Runnable current() {
        return current;
    }

    void setCurrent(Runnable run) {
        current = run;
    }

    // What tasks call

    /** Queues a run on this thread's behalf; returns false if it has no processor to keep for it, or has closed. */
    boolean push(Runnable run) {
        int s = state;
        if (s != RUNNING && s != POLLING || secondClass || scheduler.isClosed()) {
            return false;
        }
        lane.push(run);
        if (current != null && s == RUNNING) { // not while this machine polls between two runs
            callIfMuchWaits();
        }
        return true;
    }

    /**
     * A poll that wakes several others may go on for long itself, so a free processor gets its chance to start at once. If
     * that was done a moment ago, it is looked into after the poll whether so many are too much for one machine.
     */
    private void callIfMuchWaits() {
        int waiting = lane.queue.size();
        if (!pace.mayCall()) {
            if (waiting >= MANY && (waiting & (waiting - 1)) == 0) {
                pace.lookSoon();
            }
        } else if (waiting > 1 && scheduler.word.wantsOne()) {
            pace.called();
            scheduler.wakeOne();
        }
    }

    /** As {@link #push}, behind what is queued. */
    boolean pushLast(Runnable run) {
        int s = state;
        if (s != RUNNING && s != POLLING || scheduler.isClosed()) {
            return false;
        }
        lane.pushLast(run);
        return true;
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public Run currentRun() {
        return current instanceof Run run ? run : null;
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    @Override
    public boolean beforeBlocking() {
        return blocking.before();
    }

    @Override
    public void afterBlocking() {
        blocking.after();
    }

    @Override
    public void workUntil(BooleanSupplier released, long maxNanos) {
        blocking.workUntil(released, maxNanos);
    }
}
