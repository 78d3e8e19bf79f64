package dev.gearbox.runtime;

/**
 * Lets the first pass, and then one after each interval, which doubles up to a bound while there is always another; after
 * a pause of twice the interval it begins anew. Not thread-safe.
 */
final class Throttle {
    /** What {@link #pass} returns for one that is left out. */
    static final long LEFT_OUT = -1;

    private final long first;
    private final long most;
    private long interval;
    private long passed;
    private long leftOut;

    Throttle(long first, long most) {
        this.first = first;
        this.most = most;
    }

    /** Returns how many were left out since the last that passed, or that this one is left out too. */
    long pass(long now) {
        long since = now - passed;
        if (interval != 0 && since < interval) {
            leftOut++;
            return LEFT_OUT;
        }
        interval = interval == 0 || since >= 2 * interval ? first : Math.min(2 * interval, most);
        passed = now;
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
