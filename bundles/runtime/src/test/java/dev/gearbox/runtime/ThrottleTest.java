package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    @Test
    void the_first_passes_at_any_time() {
        assertThat(new Throttle(10, 10).pass(0)).isZero();
        assertThat(new Throttle(10, 10).pass(-5)).isZero();
        assertThat(new Throttle(10, 10).pass(Long.MAX_VALUE)).isZero();
    }

    @Test
    void the_interval_doubles_up_to_its_bound_while_one_follows_another() {
        Throttle throttle = new Throttle(10, 40);
        List<Long> passed = new ArrayList<>();
        for (long now = 0; now <= 160; now++) {
            if (throttle.pass(now) != Throttle.LEFT_OUT) {
                passed.add(now);
            }
        }
        assertThat(passed).containsExactly(0L, 10L, 30L, 70L, 110L, 150L);
    }

    @Test
    void after_a_pause_it_begins_anew() {
        Throttle throttle = new Throttle(10, 40);
        throttle.pass(0);
        throttle.pass(10);
        assertThat(throttle.pass(29)).isEqualTo(Throttle.LEFT_OUT);
        assertThat(throttle.pass(50)).isEqualTo(1);
        assertThat(throttle.pass(59)).isEqualTo(Throttle.LEFT_OUT);
        assertThat(throttle.pass(60)).isEqualTo(1);
    }

    @Test
    void what_is_left_out_is_counted_until_the_next_passes() {
        Throttle throttle = new Throttle(10, 10);
        throttle.pass(0);
        throttle.pass(1);
        throttle.pass(9);
        assertThat(throttle.pass(10)).isEqualTo(2);
        assertThat(throttle.pass(20)).isZero();
    }
}
