package dev.gearbox.scheduler.classic;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import dev.gearbox.support.GlobalQueue;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * async-std's first scheduler: work-stealing workers, one per processor, beside a separate pool for blocking calls.
 *
 * <p>Fairness, while runs end: with {@code n} runs in a worker's queue, the last of them is polled by that worker after at
 * most {@code 18 * (n + 1)} others, or earlier by another worker; the first run of the global queue is polled
 * after at most 61 searches of any one worker. A run in the slot of a worker that stays in the same poll for 20 ms is taken
 * by another that has nothing to do.
 *
 * <p>A task that blocks in {@code await} passes its worker's seat on, as long as the bound on threads allows; one that
 * blocks without saying so holds a worker up.
 */
class ClassicScheduler implements Scheduler {
    /*
     * Nothing accepted is lost or doubled, whatever the interleaving of execute, handBack and close:
     *
     *   1. A run is in one place: the global queue, the blocking queue, a lane (slot or queue), or in the hand of one
     *      thread. Each step between two places is one successful compare-and-set, exchange, or removal under a lock, so
     *      two threads never get the same run.
     *   2. The two shared queues refuse once they are closed, under the lock that also guards their contents. What got in
     *      before is seen by the sweep of close(), which comes later, or was taken by a worker.
     *   3. Only a worker puts runs into its lane, and after every poll, before the next run and before it ends, it looks
     *      at the orders. So what a sweep by another thread misses in a lane (a batch on its way between two queues, a run
     *      pushed by the present poll) its owner gives away when that poll returns.
     *   4. pushOwned(), by which a lane overflows or is published, hands back at once when the global queue is closed.
     *   5. A worker survives its own failures: it goes on in the same thread. One that blocks or is renewed publishes its
     *      lane before it gives up its seat, and without a seat its pushes go to the global queue.
     *
     * A sweep is finite, since it takes what is there into a list first: runs that come back by execute are not met again.
     */
    static final String NAME = "classic";

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    final Orders orders = new Orders();
    final GlobalQueue global = new GlobalQueue();
    final Crew crew;
    final Roles roles;
    final BlockingPool blocking;

    private final AtomicInteger workersAlive = new AtomicInteger();
    private final AtomicInteger workerNumber = new AtomicInteger();
    private final AtomicInteger blockingNumber = new AtomicInteger();
    private final LongAdder handedBack = new LongAdder();
    private final LongAdder watches = new LongAdder();
    private final Consumer<Thread> starter;
    private volatile Settings settings;
    /** Null unless it is configured. */
    private volatile DryRun dryRun;
    private volatile long keepAliveNanos;

    /**
     * Starts the workers.
     *
     * @throws IllegalStateException if not a single thread could be started
     */
    ClassicScheduler(Settings settings) {
        this(settings, Thread::start);
    }

    /** Starts the workers by the given means; a seam for tests. */
    ClassicScheduler(Settings settings, Consumer<Thread> starter) {
        this.settings = settings;
        this.starter = starter;
        this.dryRun = settings.dryRun() ? new DryRun(this, settings.watching(), starter) : null;
        this.keepAliveNanos = settings.keepAlive().toNanos();
        this.crew = new Crew(starter);
        this.blocking = new BlockingPool(this, settings.maxBlockingThreads());
        this.roles = new Roles(settings.workers(), global, new WorkerStarter());
        if (roles.fillSeats() == 0) {
            throw new IllegalStateException("the scheduler could not start a single thread");
        }
    }

    @Override
    public final String name() {
        return NAME;
    }

    @Override
    public final void execute(Runnable run) {
        Objects.requireNonNull(run, "run");
        if (Thread.currentThread() instanceof ClassicWorker worker && worker.isSeatedAt(this)) {
            refuseIfClosed();
            worker.push(run);
        } else {
            global.push(run);
            roles.wakeOne();
        }
        nudgeDryRun();
    }

    @Override
    public final void executeYielded(Runnable run) {
        Objects.requireNonNull(run, "run");
        if (Thread.currentThread() instanceof ClassicWorker worker && worker.isSeatedAt(this)) {
            refuseIfClosed();
            worker.pushLast(run);
        } else {
            global.push(run);
            roles.wakeOne();
        }
        nudgeDryRun();
    }

    /** Makes the dry run look, if there is one. */
    final void nudgeDryRun() {
        DryRun present = dryRun;
        if (present != null) {
            present.nudge();
        }
    }

    private void refuseIfClosed() {
        if (orders.isClosed()) {
            throw new RejectedExecutionException("the scheduler has closed");
        }
    }

    /** Queues a run that was accepted before. */
    final void executeAccepted(Runnable run) {
        global.pushOwned(run);
        roles.wakeOne();
    }

    @Override
    public final void executeBlocking(Runnable run) {
        blocking.execute(Objects.requireNonNull(run, "run"));
    }

    @Override
    public final void handBack() {
        orders.handBack();
        sendHome(sweepWorkers());
        List<Runnable> blockingRuns = new ArrayList<>();
        for (Runnable run : blocking.drain()) {
            if (run instanceof Run task) {
                sendHome(task);
            } else {
                blockingRuns.add(run);
            }
        }
        blocking.requeue(blockingRuns);
    }

    /** Hands tasks' runs back and queues plain runnables anew. */
    final void sendHome(List<Runnable> runs) {
        for (Runnable run : runs) {
            if (run instanceof Run task) {
                sendHome(task);
            } else {
                executeAccepted(run);
            }
        }
    }

    /** Hands one run back. */
    final void sendHome(Run task) {
        handedBack.increment();
        try {
            task.handBack();
        } catch (Throwable failure) {
            crew.report("a run did not take being handed back", failure);
        }
    }

    private List<Runnable> sweepWorkers() {
        List<Runnable> runs = new ArrayList<>();
        global.drainTo(runs::add);
        for (int seat = 0; seat < roles.seats(); seat++) {
            Lane lane = roles.lane(seat);
            if (lane != null) {
                lane.drainTo(runs);
            }
        }
        return runs;
    }

    @Override
    public final void renewThreads() {
        orders.renew();
        unparkAll();
    }

    private void unparkAll() {
        roles.unparkAll();
        blocking.unparkAll();
    }

    /** Takes new settings; threads that are too many end after their present run. */
    final synchronized void reconfigure(Settings newSettings) {
        settings = newSettings;
        watch(newSettings);
        keepAliveNanos = newSettings.keepAlive().toNanos();
        roles.setLimit(newSettings.workers());
        blocking.setMaxThreads(newSettings.maxBlockingThreads());
        orders.look();
        unparkAll();
        roles.wakeOne();
    }

    private void watch(Settings now) {
        DryRun present = dryRun;
        if (now.dryRun() && present == null && !orders.isClosed()) {
            dryRun = new DryRun(this, now.watching(), starter);
            nudgeDryRun();
        } else if (now.dryRun() && present != null) {
            present.set(now.watching());
        } else if (present != null) {
            endDryRun();
        }
    }

    private synchronized void endDryRun() {
        DryRun present = dryRun;
        if (present != null) {
            dryRun = null;
            present.close();
        }
    }

    @Override
    public void close() {
        if (!orders.close()) {
            return;
        }
        endDryRun();
        long deadline = System.nanoTime() + CLOSE_NANOS;
        global.close();
        blocking.close();
        roles.close();
        unparkAll();
        List<Runnable> plain = new ArrayList<>();
        for (List<Runnable> swept : List.of(sweepWorkers(), blocking.drain())) {
            for (Runnable run : swept) {
                if (run instanceof Run task) {
                    sendHome(task);
                } else {
                    plain.add(run);
                }
            }
        }
        finish(plain, deadline);
        List<Thread> left = crew.awaitEnd(deadline);
        if (!left.isEmpty()) {
            ClassicThread.LOG.log(
                    Level.WARNING, "closed while " + left.size() + " threads are inside a task: " + left);
        }
    }

    /** Runs the last plain runnables, on a thread of their own since they may block. */
    private void finish(List<Runnable> runs, long deadline) {
        if (runs.isEmpty()) {
            return;
        }
        Runnable all = () -> runs.forEach(this::runPlain);
        try {
            Thread last = new Thread(null, all, "gearbox-classic-closing", 0, false);
            last.setDaemon(true);
            last.start();
            Crew.join(last, deadline);
        } catch (OutOfMemoryError noThread) {
            all.run();
        }
    }

    private void runPlain(Runnable run) {
        try {
            run.run();
        } catch (Throwable failure) {
            crew.report("a " + run.getClass().getName() + " failed", failure);
        }
    }

    @Override
    public final SchedulerStatistics statistics() {
        Settings now = settings;
        Crew.Sums sums = crew.sums();
        DryRun watching = dryRun;
        return new SchedulerStatistics(
                sums.running() + sums.parked() + sums.blocked(),
                now.workers() + now.maxReplacementThreads() + now.maxBlockingThreads(),
                sums.running(),
                sums.parked(),
                sums.blocked(),
                queued(),
                sums.polls(),
                sums.steals(),
                sums.parks(),
                roles.unparks() + blocking.unparks(),
                roles.handOvers(),
                0,
                0,
                handedBack.sum(),
                crew.started(),
                crew.startFailures(),
                watches.sum() + (watching == null ? 0 : watching.wakeUps()),
                false);
    }

    private int queued() {
        int queued = global.size() + blocking.queued();
        for (int seat = 0; seat < roles.seats(); seat++) {
            Lane lane = roles.lane(seat);
            if (lane != null) {
                queued += lane.size();
            }
        }
        return queued;
    }

    // What threads ask

    final long keepAliveNanos() {
        return keepAliveNanos;
    }

    /** Returns whether there are more worker threads than seats. */
    final boolean hasReplacements() {
        return workersAlive.get() > roles.limit();
    }

    final void countWatch() {
        watches.increment();
    }

    /** Counts a worker out, which has ended or makes room for its successor. */
    final void workerGone() {
        workersAlive.decrementAndGet();
    }

    /** Counts a worker in. */
    final void workerStays() {
        workersAlive.incrementAndGet();
    }

    /** Starts a thread of the blocking pool; returns null if that is not possible. */
    final BlockingThread startBlocking() {
        return crew.start(() -> new BlockingThread(this, blocking, blockingNumber.getAndIncrement()));
    }

    /** Starts workers within the bound. */
    private final class WorkerStarter implements Roles.Starter {
        @Override
        public boolean mayStart() {
            Settings now = settings;
            return workersAlive.get() < now.workers() + now.maxReplacementThreads()
                    && crew.mayStart()
                    && !orders.isClosed();
        }

        @Override
        public boolean start(int seat, boolean searching) {
            Settings now = settings;
            if (workersAlive.incrementAndGet() <= now.workers() + now.maxReplacementThreads()
                    && crew.start(() -> newWorker(seat, searching)) != null) {
                return true;
            }
            workersAlive.decrementAndGet();
            return false;
        }

        private ClassicWorker newWorker(int seat, boolean searching) {
            ClassicWorker worker =
                    new ClassicWorker(ClassicScheduler.this, workerNumber.getAndIncrement(), searching);
            roles.seat(worker.lane, seat);
            return worker;
        }
    }
}
