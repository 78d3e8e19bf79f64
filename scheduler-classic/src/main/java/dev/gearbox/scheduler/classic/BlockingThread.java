package dev.gearbox.scheduler.classic;

import dev.gearbox.support.ThreadParker;
import java.util.function.BooleanSupplier;

/** A thread of the {@link BlockingPool}: tasks may block on it, nobody's work waits behind them. */
final class BlockingThread extends ClassicThread {
    final ThreadParker parker = new ThreadParker(this);
    /** Whether it is in the pool's list of idle threads; under the pool's lock. */
    volatile boolean idle;

    private final BlockingPool pool;
    private final int bornRenewals;
    /** Announcements without their end; they nest. */
    private int announced;
    /** The announcement since which the pool counts this thread as waiting; 0 if it does not. */
    private int waitingSince;
    private int depth;

    BlockingThread(ClassicScheduler scheduler, BlockingPool pool, int number) {
        super(scheduler, "gearbox-classic-blocking-" + number);
        this.pool = pool;
        this.bornRenewals = scheduler.orders.renewals();
    }

    @Override
    public void run() {
        try {
            work();
        } catch (Throwable failure) {
            scheduler.crew.report(getName() + " failed and ends", failure);
        } finally {
            scheduler.crew.ended(this);
            pool.ended();
        }
    }

    private void work() {
        while (!isDue()) {
            Runnable run = pool.poll();
            if (run != null) {
                runOne(run);
            } else if (!rest()) {
                return;
            }
        }
    }

    /** Returns whether this thread was ordered to end. */
    private boolean isDue() {
        return scheduler.orders.isClosed() || pool.isTooLarge() || polls.get() > 0 && bornRenewals != scheduler.orders.renewals();
    }

    /** Parks until there may be work or an order; returns false if it was idle for long enough and ends. */
    private boolean rest() {
        long since = System.nanoTime();
        pool.rest(this);
        mode = Mode.PARKED;
        while (idle && !isDue()) {
            long left = scheduler.keepAliveNanos() - (System.nanoTime() - since);
            if (left <= 0 && pool.withdraw(this)) {
                return false;
            }
            park(left);
            Thread.interrupted();
        }
        pool.withdraw(this);
        mode = Mode.RUNNING;
        return true;
    }

    private void park(long maxNanos) {
        parks.increment();
        parker.park(maxNanos);
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    @Override
    public boolean beforeBlocking() {
        announced++;
        if (waitingSince == 0 && pool.startWaiting()) {
            waitingSince = announced;
            mode = Mode.BLOCKED;
        }
        return waitingSince != 0;
    }

    @Override
    public void afterBlocking() {
        if (waitingSince == announced) {
            waitingSince = 0;
            mode = Mode.RUNNING;
            pool.stopWaiting();
        }
        announced--;
    }

    /** At the bound of the pool the run that is waited for may be in its queue, with nobody left to run it. */
    @Override
    public void workUntil(BooleanSupplier released, long maxNanos) {
        long start = System.nanoTime();
        depth++;
        try {
            while (!released.getAsBoolean() && !isInterrupted()) {
                long left = maxNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return;
                }
                if (depth > ClassicWorker.MAX_DEPTH || waitingSince != 0) {
                    park(left);
                    continue;
                }
                Runnable run = pool.poll();
                if (run != null) {
                    runOne(run);
                } else {
                    restInside(released, left);
                }
            }
        } finally {
            depth--;
        }
    }

    private void restInside(BooleanSupplier released, long maxNanos) {
        mode = Mode.PARKED;
        pool.rest(this);
        if (idle && !released.getAsBoolean()) {
            park(maxNanos);
        }
        if (!pool.withdraw(this) && released.getAsBoolean()) {
            pool.serve(); // it was woken for a run that it does not take
        }
        mode = Mode.RUNNING;
    }
}
