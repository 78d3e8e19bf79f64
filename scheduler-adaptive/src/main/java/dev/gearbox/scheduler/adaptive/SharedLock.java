package dev.gearbox.scheduler.adaptive;

import dev.gearbox.BlockedTaskReport.LockWait;
import dev.gearbox.support.LockWaits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether the machines that blocked last all wait for one lock that somebody holds: then a further thread would most likely
 * only join them. Thread-safe.
 */
final class SharedLock {
    /*
     * Only locks that have an owner count: monitors, and the locks of java.util.concurrent. What waits for a latch, for a
     * condition or for an empty queue may well wait for a run that is queued, and then a further thread is just what helps.
     * The owner of a lock may wait for such a run, too. So growth does not stop for good: a thread in a second passes.
     *
     * The thread bean, which knows about monitors, is asked only when all of the newest are blocked at one. An answer is
     * believed for 10 ms, so growth goes on at the latest 10 ms after the lock came free.
     */

    /** So many of the newest blocked machines must wait for it; fewer may meet at a lock by chance. */
    static final int MANY = 8;

    private static final long BELIEVED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PASS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AdaptiveScheduler scheduler;
    private boolean found;
    private long lookedAt;
    private long lastPass;

    SharedLock(AdaptiveScheduler scheduler) {
        this.scheduler = scheduler;
        this.lookedAt = scheduler.clock.nanoTime() - BELIEVED_NANOS;
    }

    /** Returns whether no thread is to be started now; the one in a second that may is asked for by this call. */
    synchronized boolean stopsGrowth() {
        if (!isWaitedFor()) {
            return false;
        }
        long now = scheduler.clock.nanoTime();
        if (now - lastPass < PASS_NANOS) {
            return true;
        }
        lastPass = now;
        return false;
    }

    /** Returns whether the machines that blocked last all wait for one lock, as of the last 10 ms. */
    synchronized boolean isWaitedFor() {
        long now = scheduler.clock.nanoTime();
        if (now - lookedAt >= BELIEVED_NANOS) {
            boolean was = found;
            found = look(scheduler.machines.all());
            lookedAt = now;
            lastPass = found && !was ? now : lastPass;
        }
        return found;
    }

    private static boolean look(Machine[] all) {
        if (all.length < MANY) {
            return false;
        }
        List<Machine> newest = new ArrayList<>(MANY);
        Object lock = null;
        for (int i = all.length - 1; i >= 0 && newest.size() < MANY; i--) {
            if (all[i].evidence.seemsBlocked()) {
                Object blocker = LockSupport.getBlocker(all[i]);
                boolean isOther = !newest.isEmpty() && blocker != lock;
                if (isOther || !(blocker == null ? all[i].getState() == Thread.State.BLOCKED : isLock(blocker))) {
                    return false;
                }
                lock = blocker;
                newest.add(all[i]);
            }
        }
        return newest.size() == MANY && (lock != null || isOneMonitor(newest));
    }

    /** Returns whether a thread that parks for this reason waits for a lock with one owner, or with readers. */
    private static boolean isLock(Object blocker) {
        String name = blocker.getClass().getName();
        return name.startsWith("java.util.concurrent.locks.Reentrant");
    }

    private static boolean isOneMonitor(List<Machine> machines) {
        Optional<LockWait> first = LockWaits.of(machines.get(0));
        if (first.isEmpty() || first.get().owner().isEmpty()) {
            return false;
        }
        String lock = first.get().lock();
        return machines.stream().allMatch(machine ->
                LockWaits.of(machine).filter(wait -> wait.lock().equals(lock)).isPresent());
    }
}
