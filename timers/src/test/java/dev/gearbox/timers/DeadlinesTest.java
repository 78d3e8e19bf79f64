package dev.gearbox.timers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlinesTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 4_000_000_000_000_000_000L, Long.MAX_VALUE - 5, Long.MIN_VALUE + 5})
    void a_deadline_ahead_is_kept_or_comes_a_little_later_never_before(long now) {
        for (long ahead = 0; ahead < 20; ahead++) {
            if (now + ahead == Deadlines.NONE) {
                continue;
            }
            long normal = Deadlines.normalise(now + ahead, now);
            assertThat(normal).isNotIn(Deadlines.NONE, Deadlines.AWAKE);
            assertThat(normal - (now + ahead)).isBetween(0L, 2L);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -77, 4_000_000_000_000_000_000L, Long.MAX_VALUE - 5})
    void the_largest_long_means_as_far_as_possible_whatever_the_clock_says(long now) {
        assertThat(Deadlines.normalise(Long.MAX_VALUE, now) - now).isGreaterThanOrEqualTo(Deadlines.FARTHEST);
    }

    @Test
    void all_normal_deadlines_can_be_compared_with_each_other() {
        long now = 4_000_000_000_000_000_000L;
        long past = Deadlines.normalise(now - Long.MAX_VALUE, now);
        long far = Deadlines.normalise(now + Long.MAX_VALUE, now);
        assertThat(Deadlines.isBefore(past, now + 1)).isTrue();
        assertThat(Deadlines.isBefore(past, far)).isTrue();
        assertThat(Deadlines.isBefore(now + 1, far)).isTrue();
    }

    @Test
    void every_deadline_comes_before_none() {
        assertThat(Deadlines.isBefore(Long.MIN_VALUE + 1, Deadlines.NONE)).isTrue();
        assertThat(Deadlines.isBefore(Long.MAX_VALUE - 1, Deadlines.NONE)).isTrue();
        assertThat(Deadlines.isBefore(Deadlines.NONE, Deadlines.NONE)).isFalse();
        assertThat(Deadlines.isBefore(Deadlines.NONE, Long.MIN_VALUE + 1)).isFalse();
    }
}
