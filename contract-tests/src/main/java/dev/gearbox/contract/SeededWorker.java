package dev.gearbox.contract;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import java.util.function.BooleanSupplier;

/** The one thread of a simulation. While it waits it goes on with other runs, and lets time pass when there are none. */
final class SeededWorker extends Thread implements WorkerThread {
    private final SeededSimulation simulation;
    private Scheduler scheduler;
    private Run current;

    SeededWorker(SeededSimulation simulation, Runnable body) {
        super(null, body, "seeded-simulation", 0, false);
        this.simulation = simulation;
        setDaemon(true);
    }

    /** Runs on the calling thread; if that is a worker it knows what it runs meanwhile. */
    static void runOnCurrent(SeededScheduler scheduler, Runnable picked) {
        if (!(Thread.currentThread() instanceof SeededWorker worker)) {
            picked.run();
            return;
        }
        Scheduler outerScheduler = worker.scheduler;
        Run outerRun = worker.current;
        worker.scheduler = scheduler;
        worker.current = picked instanceof Run owned ? owned : null;
        try {
            picked.run();
        } finally {
            worker.scheduler = outerScheduler;
            worker.current = outerRun;
        }
    }

    /** Returns the scheduler of the present run; in the scenario itself one that queues for the simulation. */
    @Override
    public Scheduler scheduler() {
        return scheduler != null ? scheduler : simulation.newScheduler("scenario");
    }

    @Override
    public Run currentRun() {
        return current;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public boolean beforeBlocking() {
        return false;
    }

    @Override
    public void afterBlocking() {}

    @Override
    public void workUntil(BooleanSupplier released, long maxNanos) {
        while (!released.getAsBoolean()) {
            if (!simulation.stepOrWait()) {
                throw new IllegalStateException("deadlock: nothing is queued, no timer is armed, and "
                        + (current == null ? "the scenario" : current.task()) + " waits");
            }
        }
    }
}
