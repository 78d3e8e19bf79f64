package dev.gearbox.spi;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Blocks a thread until a pollable is ready: the one implementation behind {@link Pollable#await()}.
 *
 * <p>Poll; if pending, announce the blocking to the scheduler when on a worker, park until woken, poll again. The waker of
 * one await belongs to its thread and is also what a cancellation of the awaiting task wakes.
 */
public final class Await {
    /** How long a thread waits before it calls {@code onLongWait}. */
    public static final Duration LONG_WAIT = Duration.ofSeconds(2);

    private static final long FOREVER = Long.MAX_VALUE;
    private static final Runnable NOTHING = () -> {};

    private Await() {}

    /** Waits for as long as it takes. */
    public static <T> T await(Pollable<T> pollable) throws Exception {
        return await(pollable, FOREVER, NOTHING);
    }

    /**
     * Waits for as long as it takes, and calls back every {@link #LONG_WAIT} on the waiting thread.
     *
     * @throws Exception as {@link Pollable#await()}
     */
    public static <T> T await(Pollable<T> pollable, Runnable onLongWait) throws Exception {
        return await(pollable, FOREVER, onLongWait);
    }

    /**
     * Waits at most this long.
     *
     * @throws TimeoutException if it was not ready in time
     * @throws Exception as {@link Pollable#await()}
     */
    public static <T> T await(Pollable<T> pollable, Duration timeout) throws Exception {
        return await(pollable, nanos(timeout), NOTHING);
    }

    /** Returns the duration in nanoseconds, at least 0 and at most a century. */
    public static long nanos(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        Duration century = Duration.ofDays(36_525);
        return duration.isNegative() ? 0 : duration.compareTo(century) > 0 ? century.toNanos() : duration.toNanos();
    }

    private static <T> T await(Pollable<T> pollable, long timeoutNanos, Runnable onLongWait) throws Exception {
        Thread thread = Thread.currentThread();
        WorkerThread worker = thread instanceof WorkerThread w ? w : null;
        Run run = worker == null ? null : worker.currentRun();
        ThreadWaker waker = new ThreadWaker(thread);
        boolean finished = false;
        try {
            checkCancelled(run);
            Poll<T> poll = pollThrough(pollable, waker);
            if (!poll.isReady()) {
                poll = new Waiting(worker, run, waker, timeoutNanos, onLongWait).until(pollable);
            }
            finished = true;
            return poll.value();
        } catch (Finished failure) {
            finished = true;
            throw failure.unwrap();
        } finally {
            waker.over = true;
            if (!finished) {
                pollable.close();
            }
        }
    }

    /**
     * Returns whether this waker belongs to an await that has ended, and wakes nobody any more.
     *
     * <p>Whoever keeps wakers for long without being told when one is of no more use lets go of such ones. Any thread.
     */
    public static boolean isOver(Waker waker) {
        return waker instanceof ThreadWaker one && one.over;
    }

    private static void checkCancelled(Run run) {
        if (run != null && run.isCancelled()) {
            throw new CancellationException("the task was cancelled");
        }
    }

    /** Polls, and marks a failure as the pollable's own, so that it is not closed for it. */
    private static <T> Poll<T> pollThrough(Pollable<T> pollable, Waker waker) throws Finished {
        try {
            return pollable.poll(waker);
        } catch (Throwable failure) {
            throw new Finished(failure);
        }
    }

    /** Carries the failure of a pollable past the clean-up for waits that were given up. */
    private static final class Finished extends Exception {
        private static final long serialVersionUID = 1L;

        Finished(Throwable cause) {
            super(null, cause, false, false);
        }

        Exception unwrap() {
            if (getCause() instanceof Error error) {
                throw error;
            }
            return (Exception) getCause();
        }
    }

    /**
     * Sets a flag and unparks its thread, once until the flag is taken back.
     *
     * <p>Both sides exchange the flag, so that all who woke happen-before the poll that follows.
     */
    private static final class ThreadWaker extends AtomicBoolean implements Waker, BooleanSupplier {
        private static final long serialVersionUID = 1L;

        private final transient Thread thread;
        /** Set when its await ends. */
        private transient volatile boolean over;

        ThreadWaker(Thread thread) {
            this.thread = thread;
        }

        @Override
        public void wake() {
            if (!getAndSet(true)) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public boolean getAsBoolean() {
            return get();
        }
    }

    /** The wait between the first poll and the last. */
    private record Waiting(
            WorkerThread worker, Run run, ThreadWaker waker, long timeoutNanos, Runnable onLongWait) {
        <T> Poll<T> until(Pollable<T> pollable) throws Exception {
            long start = System.nanoTime();
            long reported = 0;
            boolean passedOn = worker == null || worker.beforeBlocking();
            try {
                while (true) {
                    reported = park(pollable, passedOn, start, reported);
                    checkCancelled(run);
                    boolean late = timeoutNanos != FOREVER && System.nanoTime() - start >= timeoutNanos;
                    Poll<T> poll = pollThrough(pollable, waker);
                    if (poll.isReady()) {
                        return poll;
                    }
                    if (late) { // one that wakes itself in each poll never comes to park
                        throw timedOut();
                    }
                }
            } finally {
                if (worker != null) {
                    worker.afterBlocking();
                }
                if (run != null) {
                    run.onCancel(null);
                }
            }
        }

        /** Waits for a wake; returns how long had been waited at the last call of {@code onLongWait}. */
        private long park(Object blocker, boolean passedOn, long start, long reportedBefore) throws Exception {
            long reported = reportedBefore;
            if (Thread.interrupted()) {
                throw interrupted();
            }
            if (run != null) {
                run.onCancel(waker); // each time, since a poll may have waited itself and taken it away
            }
            while (!waker.getAndSet(false)) {
                checkCancelled(run);
                if (Thread.interrupted()) {
                    throw interrupted();
                }
                long waited = System.nanoTime() - start;
                if (waited >= timeoutNanos) {
                    throw timedOut();
                }
                if (waited - reported >= LONG_WAIT.toNanos()) {
                    reported = waited;
                    onLongWait.run();
                }
                long untilReport = onLongWait == NOTHING ? FOREVER : LONG_WAIT.toNanos();
                long longest = Math.min(timeoutNanos - waited, untilReport);
                if (passedOn) {
                    LockSupport.parkNanos(blocker, longest);
                } else {
                    worker.workUntil(waker, longest);
                }
            }
            return reported;
        }

        private TimeoutException timedOut() {
            return new TimeoutException("not ready after " + Duration.ofNanos(timeoutNanos));
        }

        private static InterruptedException interrupted() {
            return new InterruptedException("interrupted in await()");
        }
    }
}
