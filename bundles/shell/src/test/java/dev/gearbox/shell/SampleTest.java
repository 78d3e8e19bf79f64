package dev.gearbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.DurationHistogram;
import dev.gearbox.RuntimeStatistics;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.spi.SchedulerStatistics;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleTest {
    /** One that knows one duration for everything; the earlier one does not matter. */
    private record Flat(long count, Duration duration) implements DurationHistogram {
        @Override
        public Duration percentile(double percent) {
            return duration.multipliedBy((long) percent);
        }

        @Override
        public Duration max() {
            return duration;
        }

        @Override
        public Duration mean() {
            return duration;
        }

        @Override
        public DurationHistogram since(DurationHistogram earlier) {
            return new Flat(count - earlier.count(), duration);
        }
    }

    static RuntimeStatistics statistics(long measured) {
        return new RuntimeStatistics(
                10, 4, 6, 0, 0, 0, 1, 0, 0, 0, 0,
                new Flat(measured, Duration.ofNanos(1_000)), new Flat(measured, Duration.ofNanos(10_000)));
    }

    private static Sample sample(long seconds, long cpuMillis, long measured, SchedulerInfo gear) {
        return new Sample(
                seconds * 1_000_000_000, Duration.ofMillis(cpuMillis), statistics(measured), Optional.ofNullable(gear));
    }

    private static SchedulerInfo scheduler(String name, long polls, long helped, long needless) {
        return new SchedulerInfo(
                name, 0, true, false,
                new SchedulerStatistics(
                        5, 10, 1, 3, 1, 0, polls, 0, 0, 0, 0, helped, needless, 0, 0, 0, 0, false));
    }

    private static String words(Sample from, Sample to) {
        return to.since(from, 2).strip().replaceAll(" +", " ");
    }

    @Test
    void a_line_tells_what_changed_per_second() {
        Sample before = sample(10, 100, 5, scheduler("adaptive", 1_000, 10, 20));
        Sample after = sample(12, 1_100, 9, scheduler("adaptive", 3_000, 14, 21));
        assertThat(words(before, after)).isEqualTo("adaptive 1 3 1 4 1000 25 50 µs 99 µs 990 µs 2 1");
    }

    @Test
    void what_cannot_be_told_is_a_dash() {
        Sample other = sample(10, 0, 5, scheduler("classic", 1_000, 0, 0));
        Sample adaptive = sample(11, 0, 5, scheduler("adaptive", 3_000, 0, 0));
        assertThat(words(other, adaptive)).isEqualTo("adaptive 1 3 1 4 - 0 - - - - -");
        assertThat(words(other, sample(11, 0, 5, null))).isEqualTo("neutral - - - 4 - 0 - - - - -");
    }

    @Test
    void the_columns_stand_below_their_heads() {
        Sample before = sample(10, 100, 5, scheduler("adaptive", 1_000, 10, 20));
        Sample after = sample(12, 1_100, 9, scheduler("adaptive", 3_000, 14, 21));
        assertThat(after.since(before, 2)).hasSameSizeAs(Sample.HEAD);
    }
}
