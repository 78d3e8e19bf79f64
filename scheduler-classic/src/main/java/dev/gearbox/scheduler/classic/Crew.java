package dev.gearbox.scheduler.classic;

import java.lang.System.Logger.Level;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All threads of a scheduler: starts them, counts them, and waits for their end. Thread-safe. */
final class Crew {
    /** How long no start is tried after one has failed: the system needs time, and the log is not to be flooded. */
    static final long START_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Guards itself and the sums. */
    private final Set<ClassicThread> alive = new HashSet<>();
    private final Consumer<Thread> starter;
    private final LongAdder started = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private long pollsOfTheDead;
    private long parksOfTheDead;
    private long stealsOfTheDead;
    private volatile boolean failing;
    private volatile long failedAt;

    /** Makes a crew that starts its threads so; a seam for tests. */
    Crew(Consumer<Thread> starter) {
        this.starter = starter;
    }

    /** Returns whether a start is worth trying. */
    boolean mayStart() {
        return !failing || System.nanoTime() - failedAt >= START_PAUSE_NANOS;
    }

    /** Makes and starts a thread; returns null, and reports, if there is none to be had. Never throws. */
    <T extends ClassicThread> T start(Supplier<T> maker) {
        if (!mayStart()) {
            return null;
        }
        T thread = null;
        try {
            thread = make(maker);
            synchronized (alive) {
                alive.add(thread);
            }
            starter.accept(thread);
            started.increment();
            failing = false;
            return thread;
        } catch (Throwable failure) { // OutOfMemoryError: unable to create native thread
            if (thread != null) {
                synchronized (alive) {
                    alive.remove(thread);
                }
            }
            startFailed(failure);
            return null;
        }
    }

    /**
     * Makes a thread without the caller's protection domains, which JDKs before 24 would keep for its life: they would
     * pin the class loader of the bundle that happened to call.
     */
    @SuppressWarnings("removal")
    static <T> T make(Supplier<T> maker) {
        return AccessController.doPrivileged((PrivilegedAction<T>) maker::get);
    }

    private void startFailed(Throwable failure) {
        failed.increment();
        failedAt = System.nanoTime();
        failing = true;
        report("no thread could be started; what is queued waits for the others", failure);
    }

    /** Logs an error; for threads that have to go on, whatever happens. */
    void report(String message, Throwable failure) {
        try {
            ClassicThread.LOG.log(Level.ERROR, message, failure);
        } catch (Throwable alsoFailed) {
            failure.addSuppressed(alsoFailed); // nothing is left to report it with
        }
    }

    /** Adds the workers that live to this list. */
    void copyWorkers(List<ClassicWorker> into) {
        synchronized (alive) {
            for (ClassicThread thread : alive) {
                if (thread instanceof ClassicWorker worker) {
                    into.add(worker);
                }
            }
        }
    }

    /** Takes note that the calling thread of this crew ends. */
    void ended(ClassicThread thread) {
        synchronized (alive) {
            if (alive.remove(thread)) {
                pollsOfTheDead += thread.polls.get();
                parksOfTheDead += thread.parks.get();
                stealsOfTheDead += thread.steals.get();
            }
        }
    }

    /** Waits until all threads but the calling one have ended or the time is over; returns those still alive. */
    List<Thread> awaitEnd(long deadline) {
        List<Thread> left;
        synchronized (alive) {
            left = new ArrayList<>(alive);
        }
        left.remove(Thread.currentThread());
        left.removeIf(thread -> join(thread, deadline));
        return left;
    }

    /** Waits for a thread's end; returns whether it came in time. An interrupt stays pending and does not end the wait. */
    static boolean join(Thread thread, long deadline) {
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            long nanos = deadline - System.nanoTime();
            if (nanos <= 0) {
                break;
            }
            try {
                thread.join(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /**
     * What the threads do and did.
     *
     * @param running threads that run tasks or look for some
     * @param parked threads that wait for work
     * @param blocked threads whose task said that it blocks
     * @param polls runs begun, by threads that have ended too
     * @param parks times that a thread parked for want of work, likewise
     * @param steals batches taken from another worker, likewise
     */
    record Sums(int running, int parked, int blocked, long polls, long parks, long steals) {}

    Sums sums() {
        int[] counts = new int[ClassicThread.Mode.values().length];
        synchronized (alive) {
            long polls = pollsOfTheDead;
            long parks = parksOfTheDead;
            long steals = stealsOfTheDead;
            for (ClassicThread thread : alive) {
                counts[thread.mode.ordinal()]++;
                polls += thread.polls.get();
                parks += thread.parks.get();
                steals += thread.steals.get();
            }
            return new Sums(
                    counts[ClassicThread.Mode.RUNNING.ordinal()],
                    counts[ClassicThread.Mode.PARKED.ordinal()],
                    counts[ClassicThread.Mode.BLOCKED.ordinal()],
                    polls,
                    parks,
                    steals);
        }
    }

    long started() {
        return started.sum();
    }

    long startFailures() {
        return failed.sum();
    }
}
