package dev.gearbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private static final Waker NOBODY = () -> {};

    @Test
    void a_capacity_outside_the_range_is_refused_with_its_value() {
        assertThatThrownBy(() -> Channel.bounded(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0")
                .hasMessageContaining("rendezvous");
        assertThatThrownBy(() -> Channel.bounded(-3)).hasMessageContaining("-3");
    }

    @Test
    void it_holds_exactly_its_capacity() {
        for (int capacity = 1; capacity <= 9; capacity++) {
            Channel<Integer> channel = Channel.bounded(capacity);
            Sender<Integer> sender = channel.sender();
            Receiver<Integer> receiver = channel.receiver();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < capacity; i++) {
                    assertThat(sender.trySend(i)).isTrue();
                }
                assertThat(sender.trySend(99)).isFalse();
                assertThat(channel.size()).isEqualTo(capacity);
                for (int i = 0; i < capacity; i++) {
                    assertThat(receiver.tryReceive()).isEqualTo(i);
                }
                assertThat(receiver.tryReceive()).isNull();
            }
        }
    }

    @Test
    void closing_the_last_sender_ends_the_stream_after_what_is_inside() throws Exception {
        Channel<String> channel = Channel.bounded(4);
        Sender<String> one = channel.sender();
        Sender<String> two = channel.sender();
        Receiver<String> receiver = channel.receiver();
        one.send("a").await();
        one.close();
        one.close();
        two.send("b").await();
        assertThat(channel.isClosed()).isFalse();
        two.close();

        assertThat(receiver.isEnded()).isFalse();
        assertThat(receiver.map(s -> s + "!").collect(Collectors.joining()).await()).isEqualTo("a!b!");
        assertThat(receiver.isEnded()).isTrue();
        assertThatThrownBy(() -> receiver.receive().await()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closing_wakes_all_who_wait() throws Exception {
        Channel<String> channel = Channel.bounded(1);
        AtomicInteger wakes = new AtomicInteger();
        Receiver<String> one = channel.receiver();
        Receiver<String> two = channel.receiver();
        one.pollNext(wakes::incrementAndGet);
        two.pollNext(wakes::incrementAndGet);

        channel.close();

        assertThat(wakes).hasValue(2);
        assertThat(one.pollNext(NOBODY).value()).isNull();
        assertThat(two.pollNext(NOBODY).value()).isNull();
    }

    @Test
    void a_waiting_send_fails_when_the_channel_closes_and_its_message_is_not_sent() throws Exception {
        Channel<String> channel = Channel.bounded(1);
        Sender<String> sender = channel.sender();
        sender.trySend("in");
        AtomicInteger wakes = new AtomicInteger();
        Pollable<Void> send = sender.send("out");
        send.poll(wakes::incrementAndGet);

        channel.close();

        assertThat(wakes).hasValue(1);
        assertThatThrownBy(() -> send.poll(NOBODY)).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> sender.trySend("late")).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(channel::sender).isInstanceOf(ChannelClosedException.class);
        assertThat(channel.receiver().collect(Collectors.toList()).await()).containsExactly("in");
        assertThat(channel.buffer.waiting()).isZero();
    }

    @Test
    void a_closed_sender_sends_no_more_while_others_do() throws Exception {
        Channel<String> channel = Channel.bounded(1);
        Sender<String> open = channel.sender();
        Sender<String> closed = channel.sender();
        closed.close();

        assertThatThrownBy(() -> closed.send("a").await()).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> closed.trySend("a")).isInstanceOf(ChannelClosedException.class);
        assertThat(open.trySend("b")).isTrue();
    }

    @Test
    void closing_the_last_receiver_fails_senders_and_drops_what_is_inside() throws Exception {
        Channel<String> channel = Channel.bounded(1);
        Sender<String> sender = channel.sender();
        Receiver<String> receiver = channel.receiver();
        sender.trySend("dropped");
        Pollable<Void> send = sender.send("late");
        send.poll(NOBODY);

        receiver.close();
        receiver.close();

        assertThat(channel.size()).isZero();
        assertThatThrownBy(() -> send.poll(NOBODY)).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> receiver.pollNext(NOBODY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_failing_consumer_closes_the_receiver() {
        Channel<String> channel = Channel.bounded(1);
        Sender<String> sender = channel.sender();
        sender.trySend("a");
        Pollable<Void> all = channel.receiver().forEach(s -> {
            throw new IOException(s);
        });

        assertThatThrownBy(() -> all.poll(NOBODY)).isInstanceOf(IOException.class);
        assertThat(channel.isClosed()).isTrue();
    }

    @Test
    void a_message_wakes_one_waiting_receiver_and_none_that_gave_up() throws Exception {
        Channel<String> channel = Channel.bounded(2);
        AtomicInteger gone = new AtomicInteger();
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        Pollable<String> givenUp = channel.receiver().next();
        givenUp.poll(gone::incrementAndGet);
        channel.receiver().pollNext(first::incrementAndGet);
        channel.receiver().pollNext(second::incrementAndGet);
        givenUp.close();
        assertThat(channel.buffer.waiting()).isEqualTo(2);

        channel.sender().trySend("a");

        assertThat(gone).hasValue(0);
        assertThat(first).hasValue(1);
        assertThat(second).hasValue(0);
    }

    @Test
    void a_woken_receiver_that_gives_up_wakes_another() throws Exception {
        Channel<String> channel = Channel.bounded(2);
        Pollable<String> givesUp = channel.receiver().next();
        givesUp.poll(NOBODY);
        AtomicInteger other = new AtomicInteger();
        Receiver<String> second = channel.receiver();
        second.pollNext(other::incrementAndGet);
        channel.sender().trySend("a");

        givesUp.close();

        assertThat(other).hasValue(1);
        assertThat(second.pollNext(NOBODY).value()).isEqualTo("a");
    }

    @Test
    void a_woken_sender_that_gives_up_wakes_another() throws Exception {
        Channel<String> channel = Channel.bounded(1);
        Sender<String> sender = channel.sender();
        sender.trySend("a");
        Pollable<Void> givesUp = sender.send("b");
        Pollable<Void> other = sender.send("c");
        AtomicInteger wakes = new AtomicInteger();
        givesUp.poll(NOBODY);
        other.poll(wakes::incrementAndGet);
        assertThat(channel.receiver().tryReceive()).isEqualTo("a");

        givesUp.close();

        assertThat(wakes).hasValue(1);
        assertThat(other.poll(NOBODY).isReady()).isTrue();
    }

    @Test
    void null_is_refused() {
        Sender<String> sender = Channel.<String>bounded(1).sender();

        assertThatThrownBy(() -> sender.send(null)).hasMessage("message");
        assertThatThrownBy(() -> sender.trySend(null)).hasMessage("message");
    }
}
