package dev.gearbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pollables made of one other: each value, failure and close goes where it belongs. */
class CombinatorsTest {
    private static final Waker NOBODY = () -> {};

    private final Scripted<Integer> source = new Scripted<>();

    @Test
    void nothing_is_polled_before_it_is_asked_for() throws Exception {
        Pollable<Integer> all = source.map(value -> value + 1)
                .then(value -> Pollable.ready(value * 2))
                .recover(failure -> -1);
        assertThat(source.polls()).isZero();
        source.pending().ready(1);
        assertThat(all.poll(NOBODY).isReady()).isFalse();
        assertThat(all.poll(NOBODY).value()).isEqualTo(4);
        assertThat(source.polls()).isEqualTo(2);
        assertThat(source.closes()).isZero();
    }

    @Test
    void the_waker_is_passed_on_as_it_is() throws Exception {
        source.map(value -> value).then(Pollable::ready).recover(failure -> 0).poll(NOBODY);
        assertThat(source.waker()).isSameAs(NOBODY);
    }

    @Test
    void map_passes_failures_on_and_fails_with_its_function() {
        IOException failure = new IOException("planted");
        assertThatThrownBy(() -> new Scripted<Integer>().fails(failure).map(value -> 0).poll(NOBODY))
                .isSameAs(failure);
        assertThatThrownBy(() -> new Scripted<Integer>()
                        .ready(1)
                        .map(value -> {
                            throw failure;
                        })
                        .poll(NOBODY))
                .isSameAs(failure);
    }

    @Test
    void then_waits_for_both_and_calls_its_function_once() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Scripted<String> second = new Scripted<String>().pending().ready("end");
        Pollable<String> both = source.pending().ready(1).then(value -> {
            calls.incrementAndGet();
            return second;
        });

        assertThat(both.poll(NOBODY).isReady()).isFalse();
        assertThat(both.poll(NOBODY).isReady()).isFalse();
        assertThat(both.poll(NOBODY).value()).isEqualTo("end");

        assertThat(calls).hasValue(1);
        assertThat(source.polls()).isEqualTo(2);
        assertThat(second.polls()).isEqualTo(2);
        both.close();
        assertThat(source.closes() + second.closes()).isZero();
    }

    @Test
    void closing_then_closes_the_one_it_waits_for() throws Exception {
        Scripted<String> second = new Scripted<>();
        Pollable<String> inFirst = source.then(value -> second);
        inFirst.poll(NOBODY);
        inFirst.close();
        inFirst.close();
        assertThat(source.closes()).isEqualTo(1);
        assertThat(second.closes()).isZero();

        Scripted<Integer> ready = new Scripted<Integer>().ready(1);
        Pollable<String> inSecond = ready.then(value -> second);
        inSecond.poll(NOBODY);
        inSecond.close();
        inSecond.close();
        assertThat(ready.closes()).isZero();
        assertThat(second.closes()).isEqualTo(1);
    }

    @Test
    void recover_turns_exceptions_into_values_and_lets_errors_through() throws Exception {
        assertThat(new Scripted<Integer>()
                        .fails(new IOException("planted"))
                        .recover(failure -> failure.getMessage().length())
                        .poll(NOBODY)
                        .value())
                .isEqualTo(7);
        assertThat(new Scripted<Integer>().ready(3).recover(failure -> 0).poll(NOBODY).value())
                .isEqualTo(3);
        AssertionError error = new AssertionError("planted");
        Pollable<Integer> failing = new Scripted<Integer>().fails(error).recover(failure -> 0);
        assertThatThrownBy(() -> failing.poll(NOBODY)).isSameAs(error);
        assertThatIllegalStateException().isThrownBy(() -> failing.poll(NOBODY));
    }

    @Test
    void a_failure_of_the_recovery_is_the_failure() {
        IOException second = new IOException("second");
        assertThatThrownBy(() -> source.fails(new IOException("first"))
                        .recover(first -> {
                            throw second;
                        })
                        .poll(NOBODY))
                .isSameAs(second);
    }

    @Test
    void whatever_has_finished_is_not_polled_again_nor_closed() throws Exception {
        for (int kind = 0; kind < 3; kind++) {
            for (boolean failing : new boolean[] {false, true}) {
                Scripted<Integer> inner = new Scripted<>();
                Pollable<Integer> outer = wrap(kind, failing ? inner.fails(new Exception("planted")) : inner.ready(1));
                if (failing && kind != 2) {
                    assertThatThrownBy(() -> outer.poll(NOBODY)).hasMessage("planted");
                } else {
                    assertThat(outer.poll(NOBODY).isReady()).isTrue();
                }
                assertThatIllegalStateException().isThrownBy(() -> outer.poll(NOBODY));
                outer.close();
                assertThat(inner.polls()).isEqualTo(1);
                assertThat(inner.closes()).isZero();
            }
        }
    }

    @Test
    void whatever_was_closed_is_closed_once_and_not_polled_again() throws Exception {
        for (int kind = 0; kind < 3; kind++) {
            Scripted<Integer> inner = new Scripted<>();
            Pollable<Integer> outer = wrap(kind, inner);
            outer.poll(NOBODY);
            outer.close();
            outer.close();
            assertThat(inner.closes()).isEqualTo(1);
            assertThatIllegalStateException().isThrownBy(() -> outer.poll(NOBODY));
            assertThat(inner.polls()).isEqualTo(1);
        }
    }

    private static Pollable<Integer> wrap(int kind, Pollable<Integer> inner) {
        return switch (kind) {
            case 0 -> inner.map(value -> value);
            case 1 -> inner.then(Pollable::ready);
            default -> inner.recover(failure -> 0);
        };
    }

    @Test
    void null_functions_fail_at_once() {
        assertThatNullPointerException().isThrownBy(() -> source.map(null)).withMessage("function");
        assertThatNullPointerException().isThrownBy(() -> source.then(null)).withMessage("next");
        assertThatNullPointerException().isThrownBy(() -> source.recover(null)).withMessage("function");
        assertThatNullPointerException().isThrownBy(() -> Pollable.failed(null)).withMessage("failure");
    }

    @Test
    void constants_are_what_they_say() throws Exception {
        assertThat(Pollable.ready(1).poll(NOBODY).value()).isEqualTo(1);
        assertThat(Pollable.ready(null).poll(NOBODY).value()).isNull();
        IOException failure = new IOException("planted");
        assertThatThrownBy(() -> Pollable.failed(failure).poll(NOBODY)).isSameAs(failure);
        assertThat(Pollable.never().poll(() -> {
                            throw new IllegalStateException("not to be woken");
                        })
                        .isReady())
                .isFalse();
    }

    @Test
    void yield_now_is_pending_once_and_wakes_once() throws Exception {
        AtomicInteger wakes = new AtomicInteger();
        Pollable<Void> yield = Pollable.yieldNow();
        assertThat(yield.poll(wakes::incrementAndGet).isReady()).isFalse();
        assertThat(wakes).hasValue(1);
        assertThat(yield.poll(wakes::incrementAndGet).isReady()).isTrue();
        assertThat(wakes).hasValue(1);
    }
}
