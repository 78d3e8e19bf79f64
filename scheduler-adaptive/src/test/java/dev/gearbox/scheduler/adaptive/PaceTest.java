package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a machine looks up from its queue, by a clock that the test moves. */
class PaceTest {
    private final Pace pace = new Pace();
    private long now = 1_000;

    /** Polls until a look is due, and looks; returns how many polls there were. */
    private int pollsUntilLook(long nanosEach) {
        int polls = 0;
        while (!pace.isDue()) {
            polls++;
            now += nanosEach;
        }
        pace.look(now);
        return polls + 1; // what is found at the look is polled, too
    }

    private void polls(int count, long nanosEach) {
        for (int i = 0; i < count; i++) {
            assertThat(pace.isDue()).isFalse();
            now += nanosEach;
        }
    }

    @Test
    void looks_are_rare_while_polls_are_short_and_frequent_while_they_are_long() {
        pace.restart(now);
        for (int i = 0; i < 10; i++) {
            pollsUntilLook(50);
        }
        assertThat(pollsUntilLook(50)).isEqualTo(Pace.MOST_POLLS);
        for (int i = 0; i < 3; i++) {
            pollsUntilLook(50_000);
        }
        assertThat(pollsUntilLook(50_000)).isEqualTo(1);
    }

    @Test
    void a_look_that_was_asked_for_comes_after_the_present_poll_and_counts_the_polls_that_there_were() {
        pace.restart(now);
        for (int i = 0; i < 10; i++) {
            pollsUntilLook(50);
        }
        assertThat(pace.isLong(100)).isFalse();

        polls(9, 20_000);
        pace.lookSoon();
        assertThat(pace.isDue()).isTrue();
        pace.look(now);

        assertThat(pace.isLong(10)).isTrue();
    }
}
