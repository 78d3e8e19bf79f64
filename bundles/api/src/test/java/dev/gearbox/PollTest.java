package dev.gearbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** The outcomes of a poll. */
class PollTest {
    @Test
    void ready_has_a_value() {
        Poll<String> poll = Poll.ready("value");
        assertThat(poll.isReady()).isTrue();
        assertThat(poll.value()).isEqualTo("value");
        assertThat(poll).isEqualTo(Poll.ready("value")).isNotEqualTo(Poll.ready("another"));
    }

    @Test
    void pending_has_none() {
        Poll<String> poll = Poll.pending();
        assertThat(poll.isReady()).isFalse();
        assertThat(poll).hasToString("Pending");
        assertThatIllegalStateException().isThrownBy(poll::value);
    }

    @Test
    void pending_and_ready_without_a_value_are_shared_constants() {
        Poll<String> one = Poll.pending();
        assertThat(one).isSameAs(Poll.<String>pending());
        Poll<String> empty = Poll.ready(null);
        assertThat(empty).isSameAs(Poll.<String>ready(null));
        assertThat(empty.isReady()).isTrue();
        assertThat(empty.value()).isNull();
    }
}
