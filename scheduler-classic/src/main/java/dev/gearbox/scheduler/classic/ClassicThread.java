package dev.gearbox.scheduler.classic;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A thread that runs tasks, and leaves no trace of one to the next. */
abstract class ClassicThread extends Thread implements WorkerThread {
    /*
     * "sequence" is odd while a task is inside a poll and has not announced that it blocks, and different for each such
     * stretch. "current" is written between the even and the odd number, so that who reads it between two equal odd
     * readings has that poll's run.
     */
    private static final VarHandle SEQUENCE;

    static {
        try {
            SEQUENCE = MethodHandles.lookup().findVarHandle(ClassicThread.class, "sequence", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What a thread is doing, for the statistics. */
    enum Mode {
        RUNNING,
        PARKED,
        BLOCKED
    }

    static final Logger LOG = System.getLogger("dev.gearbox.scheduler.classic");

    final ClassicScheduler scheduler;
    final Tally polls = new Tally();
    final Tally parks = new Tally();
    final Tally steals = new Tally();
    volatile Mode mode = Mode.RUNNING;

    private final String name;
    private final ClassLoader loader = ClassicScheduler.class.getClassLoader();
    private Run current;
    private long sequence;
    /** Announcements of the present run without their end. */
    private int stretches;

    ClassicThread(ClassicScheduler scheduler, String name) {
        super(null, null, name, 0, false);
        this.scheduler = scheduler;
        this.name = name;
        setDaemon(true);
        setContextClassLoader(loader);
    }

    /** Runs it on this stack, whatever it throws; name, class loader and interrupt flag are the thread's own afterwards. */
    final void runOne(Runnable run) {
        Run outer = current;
        int outerStretches = stretches;
        stretches = 0;
        current = run instanceof Run task ? task : null;
        polls.increment();
        turnSequence(true);
        try {
            run.run();
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "a " + run.getClass().getName() + " failed on " + name, failure);
        } finally {
            turnSequence(false);
            stretches = outerStretches;
            current = outer;
            Thread.interrupted();
            if (getContextClassLoader() != loader) {
                setContextClassLoader(loader);
            }
            if (!name.equals(getName())) {
                setName(name);
            }
        }
    }

    private void turnSequence(boolean odd) {
        long next = sequence + 1;
        SEQUENCE.setRelease(this, (next & 1) != 0 == odd ? next : next + 1);
        VarHandle.storeStoreFence();
    }

    /** Ends what is judged by itself: the present run is going to block, and says so. */
    final void beginAnnounced() {
        if (stretches++ == 0) {
            turnSequence(false);
        }
    }

    /** Ends what {@link #beginAnnounced} began; ignored without it. */
    final void endAnnounced() {
        if (stretches > 0 && --stretches == 0 && current != null) {
            turnSequence(true);
        }
    }

    final long sequence() {
        return (long) SEQUENCE.getAcquire(this);
    }

    /** Hands a task's run back and runs a plain runnable; for a thread on its way out. */
    final void release(Runnable run) {
        if (run instanceof Run task) {
            scheduler.sendHome(task);
        } else {
            runOne(run);
        }
    }

    @Override
    public final Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public final Run currentRun() {
        return current;
    }
}
