package dev.gearbox.support;

/**
 * Lets one thread sleep until it is unparked; a seam for model checkers.
 *
 * <p>It holds at most one permit: an {@link #unpark()} before {@link #park} makes that return at once.
 */
public interface Parker {
    /**
     * Waits for a permit and takes it; for the owning thread only.
     *
     * @param maxNanos how long to wait at most; {@link Long#MAX_VALUE} means without limit
     * @return whether it got a permit, rather than that the time was over, the thread was interrupted, or it was woken by
     *     somebody else's {@link java.util.concurrent.locks.LockSupport#unpark}
     */
    boolean park(long maxNanos);

    /** Makes a permit available; wakes the owner only if it is parked. Any thread; cheap if a permit is there already. */
    void unpark();
}
