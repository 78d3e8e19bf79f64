package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrowdingTest {
    private static final long START = Long.MAX_VALUE - 1_000; // time may wrap

    private final Crowding crowding = new Crowding(START);

    @Test
    void nothing_is_crowded_at_first_nor_where_machines_get_processors() {
        assertThat(crowding.isCrowded(START)).isFalse();
        long now = START;
        for (int i = 0; i < 100; i++) {
            now += Crowding.SPAN_NANOS;
            crowding.note(Crowding.SPAN_NANOS / Crowding.PART, now);
            assertThat(crowding.isCrowded(now)).isFalse();
        }
    }

    @Test
    void machines_that_wait_for_processors_make_it_crowded_for_a_while() {
        long now = START + Crowding.SPAN_NANOS;
        crowding.note(Crowding.SPAN_NANOS / Crowding.PART + 1, now);
        assertThat(crowding.isCrowded(now)).isTrue();
        assertThat(crowding.isCrowded(now + Crowding.ALONE_NANOS - 1)).isTrue();
        assertThat(crowding.isCrowded(now + Crowding.ALONE_NANOS)).isFalse();
    }

    @Test
    void waits_are_added_up_over_a_span_and_forgotten_after_it() {
        long quarter = Crowding.SPAN_NANOS / 4;
        for (int i = 1; i <= 3; i++) {
            crowding.note(quarter, START + i * quarter);
            assertThat(crowding.isCrowded(START + i * quarter)).as("too early to tell").isFalse();
        }
        crowding.note(0, START + 4 * quarter);
        long later = START + 4 * quarter + Crowding.ALONE_NANOS;
        assertThat(crowding.isCrowded(later - 1)).isTrue();
        crowding.note(0, later);
        assertThat(crowding.isCrowded(later)).isFalse();
    }
}
