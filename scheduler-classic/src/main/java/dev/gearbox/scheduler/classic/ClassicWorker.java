package dev.gearbox.scheduler.classic;

import dev.gearbox.support.GlobalQueue;
import dev.gearbox.support.Sighting;
import dev.gearbox.support.ThreadParker;
import dev.gearbox.support.ThreadTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A worker's thread: finds runs and runs them while it has a seat, and rests as a spare while it has none. */
final class ClassicWorker extends ClassicThread {
    /*
     * Order of search: every 61st time the global queue first; the slot, at most 16 times in a row, after which its run
     * goes to the back of the queue; the queue; a batch from the global queue; a batch from another worker's queue,
     * starting at a random one.
     *
     * While runs wait outside, one that yields goes behind them, to the global queue. Else workers whose tasks yield, each
     * with a queue that never becomes empty, would take one run from outside in 61 polls, and never share their tasks
     * evenly.
     *
     * Before each run it looks at the orders. What it owns (slot and queue) is only its own to put runs into, so whatever
     * a hand-back or a close by another thread missed there, because it was on its way between two queues or pushed by
     * the present poll, is given away by this thread when that poll returns.
     */

    /** How often in a row the slot goes before the queue. async-std's number. */
    static final int SLOT_RUNS = 16;
    /** How many searches may pass between two looks at the global queue. Go's number; prime, so as not to resonate. */
    static final int GLOBAL_EVERY = 61;
    /**
     * How often a search is repeated with a yield before the worker parks. The original slept 10 µs after that. This one
     * parks at once: a timed park of that length takes 0.6 ms, in which a searching worker can not be woken, while a
     * parked one is there 35 µs after it was woken.
     */
    static final int YIELDS = 3;
    /** How many tasks that await may lie on each other's stack at the limit of threads: about 256 KiB of frames. */
    static final int MAX_DEPTH = 128;
    /**
     * How long a worker that deep sleeps before it looks for plain runnables again: among them may be the wakes of tasks
     * that yield, for which nobody else may be left.
     */
    static final long DEEP_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** How often the watcher looks. */
    static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    final Lane lane = new Lane(new ThreadParker(this), polls);

    private final Roles roles;
    private final GlobalQueue global;
    private final Orders orders;
    private volatile long nativeId;
    /** The poll that the dry run wants to know the end of, or null. */
    private volatile Sighting sighting;
    private int obeyedRenewals;
    private int obeyed;
    private int obeyedHandBacks;
    private boolean renewalDue;
    private boolean succeeded;
    private boolean searching;
    /** Whether a task has yielded to the global queue since that was last seen empty. */
    private boolean yieldsOutside;
    private int tick;
    private int slotRuns;
    private int random;
    private int depth;
    private int announced;

    ClassicWorker(ClassicScheduler scheduler, int number, boolean searching) {
        super(scheduler, "gearbox-classic-" + number);
        this.roles = scheduler.roles;
        this.global = scheduler.global;
        this.orders = scheduler.orders;
        this.searching = searching;
        this.random = number * 0x9E3779B9 | 1;
        this.obeyedRenewals = orders.renewals();
        this.obeyed = orders.version() - 1;
        this.obeyedHandBacks = orders.handBacks();
    }

    @Override
    public void run() {
        nativeId = ThreadTimes.nativeIdOfCallingThread();
        boolean ended = false;
        while (!ended) {
            try {
                work();
                ended = true;
            } catch (Throwable failure) {
                scheduler.crew.report(getName() + " failed and goes on", failure);
                if (lane.posture != Lane.Posture.AWAKE) {
                    searching = !roles.rise(lane) && lane.seat != Lane.NO_SEAT;
                }
            }
        }
        scheduler.crew.ended(this);
        if (!succeeded) {
            scheduler.workerGone();
        }
    }

    private void work() {
        while (true) {
            if ((orders.version() != obeyed || renewalDue && scheduler.crew.mayStart()) && !obey()) {
                return;
            }
            if (lane.seat == Lane.NO_SEAT) {
                if (roles.rest(lane) && !rest()) {
                    return;
                }
                continue;
            }
            Runnable run = find();
            if (run != null) {
                runOne(run);
                forgetAnnouncements();
                tellEnd();
            } else if (roles.sleep(lane, searching, false)) {
                searching = false;
                lane.queue.clean();
                rest();
            }
        }
    }

    private void forgetAnnouncements() {
        if (announced != 0) { // a task that used the hints without their end
            announced = 0;
            mode = Mode.RUNNING;
        }
    }

    private void tellEnd() {
        Sighting wanted = sighting;
        if (wanted != null) {
            sighting = null;
            wanted.end(System.nanoTime());
            scheduler.nudgeDryRun();
        }
    }

    /** Asks for the end of the present poll; for the dry run. */
    void setSighting(Sighting wanted) {
        sighting = wanted;
    }

    /** Returns the number by which the system knows this thread, or 0 before it runs. */
    long nativeId() {
        return nativeId;
    }

    // Runs coming in, from this thread

    /** Returns whether this thread queues what is executed on it by itself. */
    boolean isSeatedAt(ClassicScheduler where) {
        return scheduler == where && lane.seat != Lane.NO_SEAT;
    }

    /** Queues a run to be the next. */
    void push(Runnable run) {
        Runnable before = lane.putNext(run);
        if (before == null) {
            roles.wantWatch();
        } else {
            lane.queue.push(before, global);
            roles.wakeOne();
        }
    }

    /** Queues a run behind the others, also behind those that wait outside. */
    void pushLast(Runnable run) {
        if (!global.isEmpty()) {
            yieldsOutside = true;
            global.push(run);
            roles.wakeOne();
            return;
        }
        boolean others = lane.hasNext() || !lane.queue.isEmpty();
        lane.queue.push(run, global);
        if (others) {
            roles.wakeOne();
        }
    }

    // Search

    private Runnable find() {
        Runnable run = null;
        if (++tick >= GLOBAL_EVERY) {
            tick = 0;
            run = global.poll();
        }
        if (run == null) {
            run = next();
        }
        if (run == null) {
            slotRuns = 0;
            run = lane.queue.poll();
        }
        if (run == null) {
            run = takeOutside();
        }
        if (run == null) {
            run = search();
        }
        if (run != null) {
            stopSearching();
        }
        return run;
    }

    /**
     * Takes a batch from the global queue; one run only while tasks yield to it. Then it is the one queue of all workers,
     * first come, first served, and nobody waits behind several long polls of one worker.
     */
    private Runnable takeOutside() {
        if (!yieldsOutside) {
            return global.pollBatch(lane.queue, roles.limit());
        }
        Runnable run = global.poll();
        yieldsOutside = run != null;
        return run;
    }

    private Runnable next() {
        Runnable run = lane.takeNext();
        if (run == null || ++slotRuns <= SLOT_RUNS) {
            return run;
        }
        lane.queue.push(run, global);
        return null;
    }

    private Runnable search() {
        if (!searching && !roles.startSearching()) {
            return null;
        }
        searching = true;
        for (int round = 0; !orders.isClosed(); round++) {
            Runnable run = steal();
            if (run == null) {
                run = takeOutside();
            }
            if (run != null || round == YIELDS) {
                return run;
            }
            Thread.yield();
        }
        return null;
    }

    private Runnable steal() {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        int count = roles.seats();
        int start = (random >>> 1) % count;
        for (int i = 0; i < count; i++) {
            Lane victim = roles.lane((start + i) % count);
            if (victim != null && victim != lane) {
                Runnable run = victim.queue.stealInto(lane.queue);
                if (run != null) {
                    steals.increment();
                    return run;
                }
            }
        }
        return null;
    }

    private void stopSearching() {
        if (searching) {
            searching = false;
            roles.stopSearching();
        }
    }

    // Rest

    /** Parks until its posture is awake; returns false if this thread was a spare for long enough and ends. */
    private boolean rest() {
        mode = Mode.PARKED;
        try {
            boolean woken = true;
            long since = System.nanoTime();
            while (lane.posture != Lane.Posture.AWAKE) {
                if (orders.version() != obeyed) {
                    woken = !roles.rise(lane);
                    continue;
                }
                if (lane.posture == Lane.Posture.SLEEPING) {
                    since = System.nanoTime();
                }
                boolean watching = roles.isWatcher(lane);
                boolean permit = park(watching);
                Thread.interrupted();
                if (watching && !permit) {
                    watch();
                } else if (System.nanoTime() - since >= scheduler.keepAliveNanos() && roles.withdraw(lane)) {
                    return false;
                }
            }
            searching = woken && lane.seat != Lane.NO_SEAT;
            return true;
        } finally {
            mode = Mode.RUNNING;
        }
    }

    private boolean park(boolean watching) {
        Lane.Posture posture = lane.posture;
        // A sleeper can become a spare while it is parked, so it is woken for that if it does not look at the time.
        lane.timed = watching || posture == Lane.Posture.SPARE || scheduler.hasReplacements();
        if (posture != lane.posture) {
            return true;
        }
        parks.increment();
        return lane.parker.park(
                watching ? WATCH_NANOS : lane.timed ? scheduler.keepAliveNanos() : Long.MAX_VALUE);
    }

    private void watch() {
        scheduler.countWatch();
        Runnable stuck = roles.watch(lane);
        if (stuck != null) {
            lane.putNext(stuck);
        }
    }

    // Orders

    /** Returns false if this thread is to end. */
    private boolean obey() {
        int version = orders.version();
        if (orders.isClosed()) {
            stopSearching();
            owned().forEach(this::release);
            return false;
        }
        if (obeyedHandBacks != orders.handBacks()) {
            obeyedHandBacks = orders.handBacks();
            scheduler.sendHome(owned());
        }
        if (obeyedRenewals != orders.renewals()) {
            if (polls.get() == 0) {
                obeyedRenewals = orders.renewals(); // fresh enough
            } else {
                stopSearching();
                if (lane.seat == Lane.NO_SEAT || passOn()) {
                    return false;
                }
            }
        }
        if (lane.seat >= roles.limit()) {
            stopSearching();
            publish();
            roles.leave(lane);
        }
        obeyed = version;
        return true;
    }

    /** Gives everything to a fresh thread; returns false if none could be started, to be tried again later. */
    private boolean passOn() {
        publish();
        scheduler.workerGone();
        succeeded = roles.replace(lane);
        renewalDue = !succeeded;
        if (!succeeded) {
            scheduler.workerStays();
        }
        return succeeded;
    }

    /** Takes everything out of the slot and the queue. */
    private List<Runnable> owned() {
        List<Runnable> runs = new ArrayList<>();
        lane.drainTo(runs);
        return runs;
    }

    /** Moves everything from the slot and the queue to the global queue; returns whether there was anything. */
    private boolean publish() {
        List<Runnable> runs = owned();
        runs.forEach(global::pushOwned);
        return !runs.isEmpty();
    }

    // WorkerThread

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public boolean beforeBlocking() {
        announced++;
        beginAnnounced();
        if (lane.seat == Lane.NO_SEAT) {
            mode = Mode.BLOCKED;
            return true;
        }
        if (!roles.mayHandOver()) {
            return false; // keeps its lane: what the task has just woken is most likely what it waits for
        }
        boolean published = publish();
        boolean passedOn = roles.handOver(lane);
        if (published) {
            roles.wakeOne();
        }
        if (passedOn) {
            mode = Mode.BLOCKED;
        }
        return passedOn;
    }

    @Override
    public void afterBlocking() {
        announced--;
        endAnnounced();
        if (announced == 0) {
            mode = Mode.RUNNING;
            if (lane.seat == Lane.NO_SEAT) {
                roles.takeBack(lane);
            }
        }
    }

    @Override
    public void workUntil(BooleanSupplier released, long maxNanos) {
        long start = System.nanoTime();
        depth++;
        try {
            while (!released.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                long left = maxNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return;
                }
                if (orders.isClosed()) {
                    owned().forEach(this::release);
                    parkInside(left);
                } else if (lane.seat == Lane.NO_SEAT) {
                    parkInside(left);
                } else if (depth > MAX_DEPTH) {
                    publish();
                    if (!runInside(global.pollPlain())) {
                        roles.wakeOne();
                        parkInside(Math.min(left, DEEP_PARK_NANOS));
                    }
                } else if (!runOneInside()) {
                    sleepInside(released, left);
                }
            }
        } finally {
            depth--;
            stopSearching();
        }
    }

    /** Runs one queued run on top of the task that waits; returns false if there is none. */
    private boolean runOneInside() {
        if (obeyedHandBacks != orders.handBacks()) {
            obeyedHandBacks = orders.handBacks();
            scheduler.sendHome(owned());
        }
        return runInside(find());
    }

    private boolean runInside(Runnable run) {
        if (run == null) {
            return false;
        }
        int outer = announced;
        runOne(run);
        announced = outer;
        return true;
    }

    private void sleepInside(BooleanSupplier released, long maxNanos) {
        if (!roles.sleep(lane, searching, true)) {
            return;
        }
        searching = false;
        lane.queue.clean();
        if (!released.getAsBoolean()) {
            parkInside(maxNanos);
        }
        searching = !roles.rise(lane);
    }

    private void parkInside(long maxNanos) {
        Mode outer = mode;
        mode = Mode.PARKED;
        parks.increment();
        lane.parker.park(maxNanos);
        mode = outer;
    }
}
