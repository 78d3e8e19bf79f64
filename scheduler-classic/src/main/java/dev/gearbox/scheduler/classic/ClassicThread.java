package dev.gearbox.scheduler.classic;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A thread that runs tasks, and leaves no trace of one to the next. */
abstract class ClassicThread extends Thread implements WorkerThread {
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
        current = run instanceof Run task ? task : null;
        polls.increment();
        try {
            run.run();
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "a " + run.getClass().getName() + " failed on " + name, failure);
        } finally {
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
