package dev.gearbox.timers;

/** How deadlines are compared, and the two numbers that are none. */
final class Deadlines {
    /** Stands for "no deadline". */
    static final long NONE = Long.MAX_VALUE;

    /** Stands for "nobody waits". */
    static final long AWAKE = Long.MIN_VALUE;

    /** 146 years: all deadlines lie less than this after the present, so that their differences never overflow. */
    static final long FARTHEST = Long.MAX_VALUE / 2;

    private Deadlines() {}

    /** Returns whether a deadline comes before another one; all come before {@link #NONE}, which itself comes last. */
    static boolean isBefore(long deadline, long other) {
        return deadline != NONE && (other == NONE || deadline - other < 0);
    }

    /** Returns whether a deadline has come at a time. */
    static boolean isDue(long deadline, long now) {
        return deadline != NONE && deadline - now <= 0;
    }

    /** Returns whether a deadline lies in the range [then, then + FARTHEST] and is none of the two numbers that are none. */
    static boolean isNormal(long deadline, long then) {
        long ahead = deadline - then;
        return ahead >= 0 && ahead <= FARTHEST && deadline != NONE && deadline != AWAKE;
    }

    /** Brings a deadline into the range [now, now + FARTHEST], and past the two numbers that are none. */
    static long normalise(long deadline, long now) {
        long ahead = deadline == NONE ? FARTHEST : Math.max(0, Math.min(FARTHEST, deadline - now));
        long normal = now + ahead;
        return normal == NONE || normal == AWAKE ? Long.MIN_VALUE + 1 : normal;
    }
}
