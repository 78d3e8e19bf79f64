package dev.gearbox.support;

import dev.gearbox.DurationHistogram;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts durations in buckets; 10 KB, whatever is recorded. Thread-safe; recording never waits and allocates nothing. */
public final class DurationRecorder {
    /*
     * Log-linear buckets: each power of two is divided into 32 equal parts, so that a bucket is at most 1/32 wide of what
     * it holds; the first 64 buckets hold one nanosecond each. With shift = the number of low bits that do not count,
     * the bucket of v is 32 * shift + (v >>> shift), and v >>> shift lies in 32..63 except for shift = 0, where it may be
     * less: the parts follow each other without a gap.
     */
    private static final int PARTS_LOG2 = 5;
    private static final int PARTS = 1 << PARTS_LOG2;
    /** Two hours and 26 minutes; what takes longer counts as this. */
    private static final long MOST = (1L << 43) - 1;

    static final int BUCKETS = bucket(MOST) + 1;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong sum = new AtomicLong();
    private final AtomicLong max = new AtomicLong();

    /** Makes an empty one. */
    public DurationRecorder() {}

    /** Counts a duration; one that is negative counts as zero. */
    public void record(long nanos) {
        long value = Math.max(0, Math.min(nanos, MOST));
        if (value > max.get()) {
            max.accumulateAndGet(value, Math::max);
        }
        sum.getAndAdd(value);
        counts.getAndIncrement(bucket(value)); // last, so that who sees it sees the maximum
    }

    /** Returns what has been recorded; while others record, each of their durations is in it or is not. */
    public DurationHistogram snapshot() {
        long[] copy = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            copy[i] = counts.get(i);
        }
        return new LogLinearHistogram(copy, sum.get(), max.get());
    }

    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - PARTS_LOG2 - Long.numberOfLeadingZeros(value | 1));
        return (shift << PARTS_LOG2) + (int) (value >>> shift);
    }

    /** Returns the greatest value that this bucket holds. */
    static long greatest(int bucket) {
        if (bucket < 2 * PARTS) {
            return bucket;
        }
        int shift = (bucket >>> PARTS_LOG2) - 1;
        return ((long) (bucket - (shift << PARTS_LOG2) + 1) << shift) - 1;
    }
}
