package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.DurationHistogram;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationRecorderTest {
    private final DurationRecorder recorder = new DurationRecorder();

    @Test
    void an_empty_one_tells_zero() {
        DurationHistogram empty = recorder.snapshot();
        assertThat(empty.count()).isZero();
        assertThat(empty.max()).isZero();
        assertThat(empty.mean()).isZero();
        assertThat(empty.percentile(99)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void percentiles_are_those_of_the_sorted_durations_to_a_32nd(long seed) {
        Random random = new Random(seed);
        long[] durations = random.longs(10_000).map(any -> any >>> 22 + random.nextInt(42)).toArray();
        Arrays.stream(durations).forEach(recorder::record);
        Arrays.sort(durations);
        DurationHistogram histogram = recorder.snapshot();
        for (double percent : new double[] {0, 1, 50, 90, 99, 99.9, 100}) {
            long exact = durations[Math.max(1, (int) Math.ceil(durations.length * percent / 100)) - 1];
            assertThat(histogram.percentile(percent).toNanos())
                    .as("percentile %s, seed %s", percent, seed)
                    .isBetween(exact, exact + exact / 32);
        }
        assertThat(histogram.count()).isEqualTo(durations.length);
        assertThat(histogram.max().toNanos()).isEqualTo(durations[durations.length - 1]);
        assertThat(histogram.mean().toNanos()).isEqualTo(Arrays.stream(durations).sum() / durations.length);
    }

    @Test
    void each_bucket_begins_where_the_one_before_ends() {
        for (int bucket = 0; bucket + 1 < DurationRecorder.BUCKETS; bucket++) {
            DurationRecorder fresh = new DurationRecorder();
            fresh.record(DurationRecorder.greatest(bucket));
            fresh.record(DurationRecorder.greatest(bucket) + 1);
            fresh.record(Long.MAX_VALUE);
            assertThat(fresh.snapshot().percentile(1).toNanos()).isEqualTo(DurationRecorder.greatest(bucket));
            assertThat(fresh.snapshot().percentile(60).toNanos()).isEqualTo(DurationRecorder.greatest(bucket + 1));
        }
    }

    @Test
    void what_is_negative_counts_as_zero_and_what_is_huge_as_the_most() {
        recorder.record(-5);
        recorder.record(Long.MAX_VALUE);
        assertThat(recorder.snapshot().percentile(50)).isZero();
        assertThat(recorder.snapshot().max()).isBetween(Duration.ofHours(2), Duration.ofHours(3));
    }

    @Test
    void the_difference_of_two_snapshots_is_what_came_in_between() {
        recorder.record(1_000_000);
        DurationHistogram before = recorder.snapshot();
        recorder.record(2_000);
        recorder.record(4_000);
        DurationHistogram between = recorder.snapshot().since(before);
        assertThat(between.count()).isEqualTo(2);
        assertThat(between.mean()).isEqualTo(Duration.ofNanos(3_000));
        assertThat(between.max().toNanos()).isBetween(4_000L, 4_125L);
        assertThat(before.count()).isEqualTo(1);
    }

    @Test
    void a_snapshot_is_not_later_than_itself_nor_than_that_of_another() {
        DurationHistogram empty = recorder.snapshot();
        recorder.record(5);
        DurationHistogram later = recorder.snapshot();
        assertThat(later.since(later).count()).isZero();
        assertThatThrownBy(() -> empty.since(later)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
    void a_percentage_out_of_range_is_refused(double percent) {
        assertThatThrownBy(() -> recorder.snapshot().percentile(percent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 100");
    }

    @Test
    void nothing_is_lost_when_threads_record_at_once() throws Exception {
        Thread[] threads = IntStream.range(0, 4)
                .mapToObj(seed -> new Thread(() -> new Random(seed).longs(50_000, 0, 1L << 40).forEach(recorder::record)))
                .toArray(Thread[]::new);
        Arrays.stream(threads).forEach(Thread::start);
        long seen = 0;
        while (seen < 200_000) {
            DurationHistogram now = recorder.snapshot();
            assertThat(now.count()).isBetween(seen, 200_000L);
            assertThat(now.percentile(100)).isLessThanOrEqualTo(now.max());
            seen = now.count();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long sum = IntStream.range(0, 4)
                .mapToLong(seed -> new Random(seed).longs(50_000, 0, 1L << 40).sum())
                .sum();
        assertThat(recorder.snapshot().mean().toNanos()).isEqualTo(sum / 200_000);
    }
}
