package dev.gearbox.support;

import dev.gearbox.DurationHistogram;
import java.time.Duration;

/** What a recorder had counted at one moment, or between two. Immutable. */
final class LogLinearHistogram implements DurationHistogram {
    private final long[] counts;
    private final long count;
    private final long sum;
    private final long max;

    LogLinearHistogram(long[] counts, long sum, long max) {
        this.counts = counts;
        this.sum = sum;
        this.max = max;
        long all = 0;
        for (long each : counts) {
            all += each;
        }
        count = all;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public Duration percentile(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent = " + percent + ", but it must be from 0 to 100");
        }
        long wanted = Math.max(1, (long) Math.ceil(count * percent / 100));
        long passed = 0;
        for (int i = 0; i < counts.length; i++) {
            passed += counts[i];
            if (passed >= wanted) {
                return Duration.ofNanos(Math.min(DurationRecorder.greatest(i), max));
            }
        }
        return Duration.ZERO;
    }

    @Override
    public Duration max() {
        return Duration.ofNanos(count == 0 ? 0 : max);
    }

    @Override
    public Duration mean() {
        return Duration.ofNanos(count == 0 ? 0 : Math.min(sum / count, max));
    }

    @Override
    public DurationHistogram since(DurationHistogram earlier) {
        if (!(earlier instanceof LogLinearHistogram before)) {
            throw new IllegalArgumentException("no snapshot of this histogram: " + earlier);
        }
        long[] differences = new long[counts.length];
        long longest = 0;
        for (int i = 0; i < counts.length; i++) {
            differences[i] = counts[i] - before.counts[i];
            if (differences[i] < 0) {
                throw new IllegalArgumentException("no earlier snapshot of this histogram: " + earlier);
            }
            if (differences[i] > 0) {
                longest = DurationRecorder.greatest(i);
            }
        }
        return new LogLinearHistogram(differences, sum - before.sum, Math.min(longest, max));
    }

    @Override
    public String toString() {
        return count + " durations, median " + percentile(50) + ", p99 " + percentile(99) + ", max " + max();
    }
}
