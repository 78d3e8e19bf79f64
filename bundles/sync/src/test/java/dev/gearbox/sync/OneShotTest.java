package dev.gearbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Waker;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OneShotTest {
    private static final Waker NOBODY = () -> {};

    private final OneShot<String> oneShot = new OneShot<>();
    private final OneShot.Sender<String> sender = oneShot.sender();

    @Test
    void the_value_arrives_whether_it_was_sent_before_or_after_the_poll() throws Exception {
        assertThat(sender.send("early")).isTrue();
        assertThat(oneShot.await()).isEqualTo("early");

        OneShot<String> other = new OneShot<>();
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger wakes = new AtomicInteger();
        assertThat(other.poll(stale::incrementAndGet).isReady()).isFalse();
        assertThat(other.poll(wakes::incrementAndGet).isReady()).isFalse();
        other.sender().send("late");
        assertThat(wakes).hasValue(1);
        assertThat(stale).hasValue(0);
        assertThat(other.poll(NOBODY).value()).isEqualTo("late");
        assertThatThrownBy(() -> other.poll(NOBODY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void null_and_a_waker_are_values_like_any_other() throws Exception {
        sender.send(null);
        assertThat(oneShot.await()).isNull();

        OneShot<Waker> ofWaker = new OneShot<>();
        ofWaker.sender().send(NOBODY);
        assertThat(ofWaker.await()).isSameAs(NOBODY);
    }

    @Test
    void a_failure_arrives_as_the_very_exception() {
        IOException failure = new IOException("no");
        sender.fail(failure);

        assertThatThrownBy(oneShot::await).isSameAs(failure);
    }

    @Test
    void a_closed_sender_wakes_and_fails_the_receiver() throws Exception {
        AtomicInteger wakes = new AtomicInteger();
        oneShot.poll(wakes::incrementAndGet);

        sender.close();

        assertThat(wakes).hasValue(1);
        assertThatThrownBy(() -> oneShot.poll(NOBODY)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void closing_the_sender_after_sending_changes_nothing() throws Exception {
        try (sender) {
            sender.send("value");
        }

        assertThat(oneShot.await()).isEqualTo("value");
    }

    @Test
    void sending_to_a_closed_receiver_is_noticed() throws Exception {
        oneShot.poll(() -> {
            throw new AssertionError("woken after close");
        });
        assertThat(sender.isReceiverClosed()).isFalse();

        oneShot.close();

        assertThat(sender.isReceiverClosed()).isTrue();
        assertThat(sender.send("value")).isFalse();
        assertThat(sender.fail(new IOException())).isFalse();
    }

    @Test
    void closing_a_receiver_that_has_received_is_not_taken_for_giving_up() throws Exception {
        sender.send("value");
        oneShot.await();

        oneShot.close();

        assertThat(sender.isReceiverClosed()).isFalse();
    }

    @Test
    void only_the_first_outcome_counts() throws Exception {
        sender.send("first");

        assertThatThrownBy(() -> sender.send("second")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sender.fail(new IOException())).isInstanceOf(IllegalStateException.class);
        assertThat(oneShot.await()).isEqualTo("first");
        assertThatThrownBy(() -> sender.send("third")).isInstanceOf(IllegalStateException.class);
    }

    /** Hunts for a send between "nothing there" and "now I wait". */
    @Test
    void threads_do_not_miss_each_other() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            OneShot<Integer> one = new OneShot<>();
            int value = round;
            Thread thread = new Thread(() -> one.sender().send(value));
            thread.start();
            assertThat(one.await()).isEqualTo(value);
            thread.join();
        }
    }
}
