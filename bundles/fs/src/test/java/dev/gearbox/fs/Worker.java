package dev.gearbox.fs;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A worker thread that does nothing but one call. */
final class Worker extends Thread implements WorkerThread {
    private final boolean mayBlock;

    private Worker(boolean mayBlock, Runnable body) {
        super(body);
        this.mayBlock = mayBlock;
    }

    static <T> T call(boolean mayBlock, Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(body);
        new Worker(mayBlock, task).start();
        return task.get(30, TimeUnit.SECONDS);
    }

    @Override
    public Scheduler scheduler() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Run currentRun() {
        return null;
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    @Override
    public boolean beforeBlocking() {
        return true;
    }

    @Override
    public void afterBlocking() {}

    @Override
    public void workUntil(BooleanSupplier released, long maxNanos) {
        throw new UnsupportedOperationException();
    }
}
