package dev.gearbox.scheduler.classic;

import dev.gearbox.support.GlobalQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The threads for runs that are known to block: one more whenever none is idle, up to a bound, beyond which runs wait in
 * the order they came; an idle one ends after the keep-alive time. Thread-safe.
 */
final class BlockingPool {
    /*
     * No run is left behind: a push is followed by a look for an idle thread, and a thread that becomes idle looks at the
     * queue after it has entered the list; both use the lock, so one of them sees the other. A thread that ends leaves the
     * list and the count in one step, and looks once more if it did so for another reason than idleness.
     *
     * Nor does a task that waits in await keep the run that it waits for from being run: a thread may only wait while
     * another is idle or could be started, so at the bound the last one runs what is queued on its own stack. (If the
     * bound was lowered so that all wait, one more is started.)
     */
    private final ClassicScheduler scheduler;
    private final GlobalQueue queue = new GlobalQueue();
    private final LongAdder unparks = new LongAdder();
    private final Object lock = new Object();
    private final ArrayDeque<BlockingThread> idle = new ArrayDeque<>();
    /** Written under the lock. */
    private volatile int threads;
    /** Threads that wait inside a task and leave their work to others; under the lock. */
    private int waiting;
    private volatile int maxThreads;

    BlockingPool(ClassicScheduler scheduler, int maxThreads) {
        this.scheduler = scheduler;
        this.maxThreads = maxThreads;
    }

    /**
     * Queues a run and sees to it that a thread takes it.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the scheduler has closed
     */
    void execute(Runnable run) {
        queue.push(run);
        wakeOrGrow();
    }

    /** Queues plain runnables anew that were in this queue before. */
    void requeue(List<Runnable> runs) {
        for (Runnable run : runs) {
            queue.pushOwned(run);
            wakeOrGrow();
        }
    }

    /** Sees to it that a thread takes what is queued, if anything is. */
    void serve() {
        if (!queue.isEmpty()) {
            wakeOrGrow();
        }
    }

    private void wakeOrGrow() {
        BlockingThread woken;
        synchronized (lock) {
            woken = idle.pollLast();
            if (woken != null) {
                woken.idle = false;
            } else if (threads < maxThreads || threads == waiting) {
                threads++;
            } else {
                return;
            }
        }
        if (woken != null) {
            unparks.increment();
            woken.parker.unpark();
        } else if (scheduler.startBlocking() == null) {
            notStarted();
        }
    }

    /** Without any thread that comes back to the queue the workers have to do it. */
    private void notStarted() {
        boolean nobody;
        synchronized (lock) {
            threads--;
            nobody = threads == waiting;
        }
        if (nobody) {
            queue.drainTo(scheduler::executeAccepted);
        }
    }

    /** Returns the run that has waited longest, or null. */
    Runnable poll() {
        return queue.poll();
    }

    /** Enters a thread of this pool into the list of idle ones, unless there is work. */
    void rest(BlockingThread thread) {
        synchronized (lock) {
            if (queue.isEmpty()) {
                thread.idle = true;
                idle.addLast(thread);
            }
        }
    }

    /** Takes a thread out of the list of idle ones; returns whether it was there. */
    boolean withdraw(BlockingThread thread) {
        synchronized (lock) {
            if (!thread.idle) {
                return false;
            }
            thread.idle = false;
            idle.remove(thread);
            return true;
        }
    }

    /** Counts a thread out, which was not idle. */
    void ended() {
        synchronized (lock) {
            threads--;
        }
        serve();
    }

    /** Takes everything out of the queue. */
    List<Runnable> drain() {
        List<Runnable> runs = new ArrayList<>();
        queue.drainTo(runs::add);
        return runs;
    }

    /** Makes the idle ones look at their orders. */
    void unparkAll() {
        List<BlockingThread> parked;
        synchronized (lock) {
            parked = new ArrayList<>(idle);
        }
        for (BlockingThread thread : parked) {
            thread.parker.unpark();
        }
    }

    /** Refuses from now on. */
    void close() {
        queue.close();
    }

    /** Changes the bound; threads above it end after their present run. */
    void setMaxThreads(int max) {
        maxThreads = max;
        for (int i = queue.size(); i > 0; i--) {
            wakeOrGrow();
        }
        unparkAll();
    }

    /** Lets the calling thread wait inside a task, if another is idle or could be started to do its work. */
    boolean startWaiting() {
        synchronized (lock) {
            if (threads >= maxThreads && idle.isEmpty()) {
                return false;
            }
            waiting++;
        }
        serve(); // what is queued since a thread could not be started may be what this one waits for
        return true;
    }

    void stopWaiting() {
        synchronized (lock) {
            waiting--;
        }
    }

    /** Returns whether there are more threads than the bound allows. */
    boolean isTooLarge() {
        return threads > maxThreads;
    }

    long unparks() {
        return unparks.sum();
    }

    int queued() {
        return queue.size();
    }

    int threads() {
        return threads;
    }
}
