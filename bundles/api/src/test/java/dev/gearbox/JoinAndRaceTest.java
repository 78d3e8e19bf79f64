package dev.gearbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pollables made of several others. */
class JoinAndRaceTest {
    private static final Waker NOBODY = () -> {};

    private final Scripted<Integer> first = new Scripted<>();
    private final Scripted<Integer> second = new Scripted<>();
    private final Scripted<Integer> third = new Scripted<>();

    @Test
    void join_keeps_the_order_given_whatever_ends_first() throws Exception {
        first.pending().pending().ready(1);
        second.ready(2);
        third.pending().ready(null);
        Pollable<List<Integer>> all = Pollable.join(List.of(first, second, third));

        assertThat(all.poll(NOBODY).isReady()).isFalse();
        assertThat(all.poll(NOBODY).isReady()).isFalse();
        assertThat(all.poll(NOBODY).value()).containsExactly(1, 2, null);

        assertThat(List.of(first.polls(), second.polls(), third.polls())).containsExactly(3, 1, 2);
        all.close();
        assertThat(first.closes() + second.closes() + third.closes()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> all.poll(NOBODY));
    }

    @Test
    void join_of_nothing_is_ready() throws Exception {
        assertThat(Pollable.join(List.<Pollable<Integer>>of()).poll(NOBODY).value()).isEmpty();
    }

    @Test
    void join_fails_with_the_first_failure_and_closes_the_others_that_are_pending() throws Exception {
        IOException failure = new IOException("planted");
        first.ready(1);
        second.pending().fails(failure);
        Pollable<List<Integer>> all = Pollable.join(List.of(first, second, third));
        all.poll(NOBODY);

        assertThatThrownBy(() -> all.poll(NOBODY)).isSameAs(failure);

        assertThat(List.of(first.closes(), second.closes(), third.closes())).containsExactly(0, 0, 1);
        all.close();
        assertThat(third.closes()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(() -> all.poll(NOBODY));
    }

    @Test
    void closing_a_join_closes_those_that_are_pending_once() throws Exception {
        first.ready(1);
        Pollable<List<Integer>> all = Pollable.join(List.of(first, second, third));
        all.poll(NOBODY);
        all.close();
        all.close();
        assertThat(List.of(first.closes(), second.closes(), third.closes())).containsExactly(0, 1, 1);
    }

    @Test
    void a_race_ends_as_the_first_ends_and_closes_the_others() throws Exception {
        second.pending().ready(2);
        Pollable<Integer> race = Pollable.race(List.of(first, second, third));
        assertThat(race.poll(NOBODY).isReady()).isFalse();

        assertThat(race.poll(NOBODY).value()).isEqualTo(2);

        assertThat(List.of(first.closes(), second.closes(), third.closes())).containsExactly(1, 0, 1);
        assertThat(third.polls()).isEqualTo(1);
        race.close();
        assertThat(first.closes()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(() -> race.poll(NOBODY));
    }

    @Test
    void the_first_in_the_list_wins_a_dead_heat() throws Exception {
        first.ready(1);
        second.ready(2);
        assertThat(Pollable.race(List.of(first, second)).poll(NOBODY).value()).isEqualTo(1);
        assertThat(second.polls()).isZero();
        assertThat(second.closes()).isEqualTo(1);
    }

    @Test
    void a_failure_wins_a_race_too() throws Exception {
        AssertionError failure = new AssertionError("planted");
        second.fails(failure);
        Pollable<Integer> race = Pollable.race(List.of(first, second, third));

        assertThatThrownBy(() -> race.poll(NOBODY)).isSameAs(failure);

        assertThat(List.of(first.closes(), second.closes(), third.closes())).containsExactly(1, 0, 1);
    }

    @Test
    void closing_a_race_closes_all_once() throws Exception {
        Pollable<Integer> race = Pollable.race(List.of(first, second));
        race.poll(NOBODY);
        race.close();
        race.close();
        assertThat(List.of(first.closes(), second.closes())).containsExactly(1, 1);
    }

    @Test
    void bad_lists_fail_at_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pollable.race(List.of()));
        assertThatNullPointerException().isThrownBy(() -> Pollable.race(null));
        assertThatNullPointerException().isThrownBy(() -> Pollable.join(null));
        assertThatNullPointerException().isThrownBy(() -> Pollable.join(Arrays.asList(first, null)));
    }

    @Test
    void the_list_may_change_afterwards() throws Exception {
        Pollable<?>[] array = {Pollable.ready(1), Pollable.ready(2)};
        Pollable<List<Object>> all = Pollable.join(Arrays.asList(array));
        array[0] = Pollable.never();
        assertThat(all.poll(NOBODY).value()).containsExactly(1, 2);
    }
}
