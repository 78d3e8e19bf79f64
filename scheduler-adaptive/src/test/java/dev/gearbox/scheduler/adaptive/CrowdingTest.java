package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrowdingTest {
    private static final long SPAN = Crowding.SPAN_NANOS;
    private static final long LEAST = Crowding.LEAST_ALONE_NANOS;
    private static final long MOST = Crowding.MOST_ALONE_NANOS;

    private long now = Long.MAX_VALUE - 1_000; // time may wrap
    private final Crowding crowding = new Crowding(now);

    /** Lets spans pass in which machines wait for a little more than the part that counts, or just that. */
    private void spans(int count, boolean crowded) {
        for (int i = 0; i < count; i++) {
            now += SPAN;
            crowding.note(SPAN / Crowding.PART + (crowded ? 1 : 0), SPAN, now);
        }
    }

    private void assertCrowdedFor(long nanos) {
        assertThat(crowding.isCrowded(now + nanos - 1)).isTrue();
        assertThat(crowding.isCrowded(now + nanos)).isFalse();
    }

    @Test
    void nothing_is_crowded_at_first_nor_where_machines_get_processors() {
        assertThat(crowding.isCrowded(now)).isFalse();
        for (int i = 0; i < 100; i++) {
            spans(1, false);
            assertThat(crowding.isCrowded(now)).isFalse();
        }
    }

    @Test
    void machines_that_wait_for_processors_in_several_spans_make_it_crowded_for_a_while() {
        spans(Crowding.ROW - 1, true);
        assertThat(crowding.isCrowded(now)).isFalse();
        spans(1, true);
        assertCrowdedFor(LEAST);
    }

    @Test
    void a_span_that_is_not_crowded_ends_the_row() {
        spans(Crowding.ROW - 1, true);
        spans(1, false);
        spans(Crowding.ROW - 1, true);
        assertThat(crowding.isCrowded(now)).isFalse();
        spans(1, true);
        assertCrowdedFor(LEAST);
    }

    @Test
    void each_time_in_a_row_it_is_crowded_for_twice_as_long_up_to_a_bound() {
        spans(Crowding.ROW, true);
        for (long alone = LEAST; alone < MOST; alone *= 2) {
            assertCrowdedFor(alone);
            now += alone;
            spans(1, true);
        }
        assertCrowdedFor(MOST);
        now += MOST;
        spans(1, true);
        assertCrowdedFor(MOST);
    }

    @Test
    void after_a_span_that_is_not_crowded_it_begins_anew() {
        spans(Crowding.ROW, true);
        now += LEAST;
        spans(1, true);
        assertCrowdedFor(2 * LEAST);
        now += 2 * LEAST;
        spans(1, false);
        spans(Crowding.ROW, true);
        assertCrowdedFor(LEAST);
    }

    @Test
    void after_a_long_time_without_two_that_want_a_processor_it_begins_anew() {
        spans(Crowding.ROW, true);
        now += LEAST + Crowding.MEMORY_NANOS;
        spans(Crowding.ROW - 1, true);
        assertThat(crowding.isCrowded(now)).isFalse();
        spans(1, true);
        assertCrowdedFor(LEAST);
    }

    @Test
    void time_in_which_only_one_wants_a_processor_does_not_count() {
        spans(Crowding.ROW - 1, true);
        for (int i = 0; i < 10; i++) {
            now += SPAN;
            crowding.look(new Machine[0], now);
        }
        spans(1, true);
        assertCrowdedFor(LEAST);
    }

    @Test
    void waits_are_added_up_over_a_span_and_forgotten_after_it() {
        spans(Crowding.ROW - 1, true);
        long quarter = SPAN / 4;
        for (int i = 1; i <= 3; i++) {
            now += quarter;
            crowding.note(quarter, quarter, now);
            assertThat(crowding.isCrowded(now)).as("too early to tell").isFalse();
        }
        now += quarter;
        crowding.note(0, quarter, now);
        assertCrowdedFor(LEAST);
        now += LEAST + SPAN;
        crowding.note(0, SPAN, now);
        assertThat(crowding.isCrowded(now)).isFalse();
    }
}
