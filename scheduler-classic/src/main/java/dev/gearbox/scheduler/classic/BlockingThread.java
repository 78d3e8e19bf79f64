package dev.gearbox.scheduler.classic;

import dev.gearbox.support.ThreadParker;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread of the {@link BlockingPool}: tasks may block on it, nobody's work waits behind them. */
final class BlockingThread extends ClassicThread {
    final ThreadParker parker = new ThreadParker(this);
    /** Whether it is in the pool's list of idle threads; under the pool's lock. */
    volatile boolean idle;

    private final BlockingPool pool;
    private final int bornRenewals;

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
        mode = Mode.PARKED;
        long since = System.nanoTime();
        pool.rest(this);
        while (idle && !isDue()) {
            long left = scheduler.keepAliveNanos() - (System.nanoTime() - since);
            if (left <= 0 && pool.withdraw(this)) {
                return false;
            }
            parks.increment();
            parker.park(left);
            Thread.interrupted();
        }
        pool.withdraw(this);
        mode = Mode.RUNNING;
        return true;
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    @Override
    public boolean beforeBlocking() {
        mode = Mode.BLOCKED;
        return true;
    }

    @Override
    public void afterBlocking() {
        mode = Mode.RUNNING;
    }

    @Override
    public void workUntil(BooleanSupplier released, long maxNanos) {
        if (!released.getAsBoolean()) {
            LockSupport.parkNanos(this, maxNanos);
        }
    }
}
