package dev.gearbox.contract;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.WorkerThread;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a worker of the {@link ReferenceScheduler} does around one run, and while it waits in one. */
abstract class ReferenceWorker extends Thread implements WorkerThread {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long WORK_POLL_NANOS = 500_000;
    /** How many runs it runs on top of each other; the stack has its limits. */
    private static final int DEEPEST = 100;

    private final boolean keepsInterrupts;
    private final boolean keepsLoader;
    private final boolean keepsName;
    private final String ownName;
    private Run current;
    private int depth;

    ReferenceWorker(boolean noThreadLocals, boolean keepsInterrupts, boolean keepsLoader, boolean keepsName) {
        super(null, null, "reference-" + NUMBER.incrementAndGet(), 0, !noThreadLocals);
        this.keepsInterrupts = keepsInterrupts;
        this.keepsLoader = keepsLoader;
        this.keepsName = keepsName;
        ownName = getName();
        setUncaughtExceptionHandler((thread, failure) -> System.getLogger("gearbox")
                .log(System.Logger.Level.DEBUG, "a planted fault has ended " + thread.getName(), failure));
        if (!keepsLoader) {
            setContextClassLoader(ReferenceWorker.class.getClassLoader());
        }
    }

    final void runOne(Runnable run) {
        Run outer = current;
        current = run instanceof Run owned ? owned : null;
        try {
            run.run();
        } finally {
            current = outer;
            if (!keepsInterrupts) {
                Thread.interrupted();
            }
            if (!keepsLoader) {
                setContextClassLoader(ReferenceWorker.class.getClassLoader());
            }
            if (!keepsName) {
                setName(ownName);
            }
        }
    }

    /** Takes a queued run, or only one of a plain runnable, which wakes of tasks that yield are; null if there is none. */
    abstract Runnable takeWhileWaiting(boolean onlyPlain);

    @Override
    public final Run currentRun() {
        return current;
    }

    @Override
    public final boolean mayBlock() {
        return false;
    }

    @Override
    public final void workUntil(BooleanSupplier released, long maxNanos) {
        long start = System.nanoTime();
        while (!released.getAsBoolean() && !isInterrupted()) {
            long left = maxNanos - (System.nanoTime() - start);
            if (left <= 0) {
                return;
            }
            Runnable run = takeWhileWaiting(depth >= DEEPEST);
            if (run == null) {
                LockSupport.parkNanos(this, Math.min(left, WORK_POLL_NANOS));
            } else {
                depth++;
                try {
                    runOne(run);
                } finally {
                    depth--;
                }
            }
        }
    }
}
