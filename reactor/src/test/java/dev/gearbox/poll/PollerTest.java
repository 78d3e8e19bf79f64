package dev.gearbox.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.poll.ChannelPair.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PollerTest {
    private static final Token TOKEN = Token.of(7);
    private static final long LONG = TimeUnit.SECONDS.toNanos(20);

    private final Poller poller = Poller.open();
    private final List<ChannelPair> pairs = new ArrayList<>();

    PollerTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        poller.close();
        for (ChannelPair pair : pairs) {
            pair.close();
        }
    }

    private ChannelPair pair(Kind kind) throws IOException {
        ChannelPair pair = ChannelPair.open(kind);
        pairs.add(pair);
        return pair;
    }

    /** Polls once and returns what was reported as text, such as {@code Token 7 READABLE}. */
    private List<String> poll(long maxWaitNanos) throws IOException {
        List<String> events = new ArrayList<>();
        poller.poll(maxWaitNanos, event -> events.add(event.token() + " " + event.readiness()));
        return events;
    }

    // level

    @ParameterizedTest
    @EnumSource
    void a_level_is_reported_by_every_poll_as_long_as_it_lasts(Kind kind) throws IOException {
        ChannelPair pair = pair(kind);
        poller.register(new ChannelSource(pair.reader), TOKEN, Interest.READABLE, Trigger.LEVEL);
        assertThat(poll(0)).isEmpty();
        pair.send();
        assertThat(poll(LONG)).containsExactly("Token 7 READABLE");
        assertThat(poll(LONG)).containsExactly("Token 7 READABLE");
        assertThat(pair.receive(10)).isEqualTo(1);
        assertThat(poll(0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_channel_with_room_is_writable(Kind kind) throws IOException {
        ChannelPair pair = pair(kind);
        poller.register(new ChannelSource(pair.writer), TOKEN, Interest.WRITABLE, Trigger.LEVEL);
        assertThat(poll(LONG)).containsExactly("Token 7 WRITABLE");
    }

    // edge

    @ParameterizedTest
    @EnumSource
    void an_edge_is_reported_once_until_a_read_would_block(Kind kind) throws IOException {
        ChannelPair pair = pair(kind);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, TOKEN, Interest.READABLE, Trigger.EDGE);
        pair.send();
        assertThat(poll(LONG)).containsExactly("Token 7 READABLE");
        assertThat(poll(0)).isEmpty();
        pair.send();
        assertThat(poll(0)).isEmpty();
        ByteBuffer buffer = ByteBuffer.allocate(1);
        while (source.read(buffer.clear()) > 0) {
            assertThat(poll(0)).isEmpty();
        }
        assertThat(poll(0)).isEmpty();
        pair.send();
        assertThat(poll(LONG)).containsExactly("Token 7 READABLE");
    }

    @Test
    void an_edge_for_writing_comes_back_when_there_is_room_after_a_write_that_left_bytes_over() throws IOException {
        ChannelPair pair = pair(Kind.PIPE);
        ChannelSource source = new ChannelSource(pair.writer);
        poller.register(source, TOKEN, Interest.WRITABLE, Trigger.EDGE);
        assertThat(poll(LONG)).containsExactly("Token 7 WRITABLE");
        assertThat(poll(0)).isEmpty();
        ByteBuffer much = ByteBuffer.allocate(1 << 20);
        while (source.write(much) > 0) {
            assertThat(much.hasRemaining()).isTrue();
        }
        assertThat(poll(0)).isEmpty();
        pair.receive(1 << 20);
        assertThat(poll(LONG)).containsExactly("Token 7 WRITABLE");
    }

    @Test
    void an_edge_of_one_direction_leaves_the_other_armed() throws IOException {
        ChannelPair pair = pair(Kind.TCP);
        poller.register(new ChannelSource(pair.reader), TOKEN, Interest.BOTH, Trigger.EDGE);
        assertThat(poll(LONG)).containsExactly("Token 7 WRITABLE");
        pair.send();
        assertThat(poll(LONG)).containsExactly("Token 7 READABLE");
        assertThat(poll(0)).isEmpty();
    }

    // one-shot

    @ParameterizedTest
    @EnumSource
    void a_one_shot_is_reported_once_until_it_is_registered_anew(Kind kind) throws IOException {
        ChannelPair pair = pair(kind);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, TOKEN, Interest.READABLE, Trigger.ONE_SHOT);
        pair.send();
        assertThat(poll(LONG)).containsExactly("Token 7 READABLE");
        source.wouldBlock(Interest.READABLE);
        assertThat(poll(0)).isEmpty();
        poller.reregister(source, Token.of(8), Interest.READABLE, Trigger.ONE_SHOT);
        assertThat(poll(LONG)).containsExactly("Token 8 READABLE");
    }

    @Test
    void a_one_shot_is_over_in_both_directions() throws IOException {
        ChannelPair pair = pair(Kind.TCP);
        poller.register(new ChannelSource(pair.reader), TOKEN, Interest.BOTH, Trigger.ONE_SHOT);
        assertThat(poll(LONG)).containsExactly("Token 7 WRITABLE");
        pair.send();
        assertThat(poll(20_000_000)).isEmpty();
    }

    // hang-up, error, connecting, accepting

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX", "PIPE"})
    void a_hang_up_appears_as_readable_and_the_next_read_says_the_end(Kind kind) throws IOException {
        ChannelPair pair = pair(kind);
        poller.register(new ChannelSource(pair.reader), TOKEN, Interest.READABLE, Trigger.LEVEL);
        pair.writer.close();
        assertThat(poll(LONG)).containsExactly("Token 7 READABLE");
        assertThat(pair.receive(1)).isEqualTo(-1);
    }

    @Test
    void a_broken_pipe_appears_as_writable_and_the_next_write_throws() throws IOException {
        ChannelPair pair = pair(Kind.PIPE);
        ChannelSource source = new ChannelSource(pair.writer);
        while (source.write(ByteBuffer.allocate(1 << 20)) > 0) {
            continue;
        }
        poller.register(source, TOKEN, Interest.WRITABLE, Trigger.LEVEL);
        assertThat(poll(0)).isEmpty();
        pair.reader.close();
        assertThat(poll(LONG)).containsExactly("Token 7 WRITABLE");
        assertThatThrownBy(pair::send).isInstanceOf(IOException.class);
    }

    @Test
    void a_channel_of_no_interest_reports_not_even_a_hang_up() throws IOException {
        ChannelPair pair = pair(Kind.TCP);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, TOKEN, Interest.NONE, Trigger.LEVEL);
        pair.writer.close();
        assertThat(poll(20_000_000)).isEmpty();
        assertThat(poller.polls()).isLessThan(10);
    }

    @Test
    void a_listener_is_readable_when_there_is_a_connection_and_writable_says_that_connecting_is_over()
            throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open();
                SocketChannel client = SocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            client.configureBlocking(false);
            poller.register(new ChannelSource(server), Token.of(1), Interest.READABLE, Trigger.EDGE);
            ChannelSource source = new ChannelSource(client);
            if (!client.connect(server.getLocalAddress())) {
                poller.register(source, Token.of(2), Interest.WRITABLE, Trigger.ONE_SHOT);
            }
            List<String> events = new ArrayList<>(poll(LONG));
            while (events.size() < 2) {
                events.addAll(poll(LONG));
            }
            assertThat(events).containsExactlyInAnyOrder("Token 1 READABLE", "Token 2 WRITABLE");
            assertThat(client.finishConnect()).isTrue();
            server.accept().close();
            poller.reregister(source, Token.of(3), Interest.BOTH, Trigger.LEVEL);
            assertThat(poll(LONG)).allMatch(event -> event.startsWith("Token 3"));
        }
    }

    @Test
    void a_refused_connection_appears_as_writable_and_finishing_it_throws() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            nobody = (InetSocketAddress) server.getLocalAddress();
        }
        try (SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            client.connect(nobody);
            poller.register(new ChannelSource(client), TOKEN, Interest.WRITABLE, Trigger.ONE_SHOT);
            assertThat(poll(LONG)).containsExactly("Token 7 WRITABLE");
            assertThatThrownBy(client::finishConnect).isInstanceOf(IOException.class);
        }
    }

    // user sources

    @Test
    void a_user_source_is_reported_as_its_trigger_says() throws IOException {
        UserSource source = new UserSource();
        source.setReadiness(Interest.READABLE);
        poller.register(source, TOKEN, Interest.BOTH, Trigger.LEVEL);
        assertThat(poll(0)).containsExactly("Token 7 READABLE");
        assertThat(poll(0)).containsExactly("Token 7 READABLE");
        source.setReadiness(Interest.BOTH);
        assertThat(poll(LONG)).containsExactly("Token 7 BOTH");
        source.setReadiness(Interest.NONE);
        assertThat(poll(0)).isEmpty();

        poller.reregister(source, TOKEN, Interest.READABLE, Trigger.EDGE);
        source.setReadiness(Interest.WRITABLE);
        assertThat(poll(0)).isEmpty();
        source.setReadiness(Interest.BOTH);
        source.setReadiness(Interest.BOTH);
        assertThat(poll(0)).containsExactly("Token 7 READABLE");
        assertThat(poll(0)).isEmpty();

        poller.reregister(source, TOKEN, Interest.BOTH, Trigger.ONE_SHOT);
        assertThat(poll(0)).containsExactly("Token 7 BOTH");
        source.setReadiness(Interest.BOTH);
        assertThat(poll(0)).isEmpty();
        poller.deregister(source);
        assertThat(poller.registered()).isZero();
        assertThat(source.readiness()).isEqualTo(Interest.BOTH);
    }

    @Test
    void setting_readiness_wakes_a_blocked_poll() throws Exception {
        UserSource source = new UserSource();
        poller.register(source, TOKEN, Interest.READABLE, Trigger.EDGE);
        List<String> events = new ArrayList<>();
        Thread thread = startPolling(events);
        source.setReadiness(Interest.READABLE);
        thread.join();
        assertThat(events).containsExactly("Token 7 READABLE");
    }

    private Thread startPolling(List<String> events) {
        Thread thread = new Thread(() -> {
            try {
                events.addAll(poll(LONG));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        while (!poller.isBlocked()) {
            Thread.onSpinWait();
        }
        return thread;
    }

    // who else is there

    @Test
    void wake_ups_make_a_blocked_poll_return_or_the_next_one_once() throws Exception {
        poller.wakeUp();
        poller.wakeUp();
        assertThat(poll(LONG)).isEmpty();
        List<String> events = new ArrayList<>();
        Thread thread = startPolling(events);
        poller.wakeUp();
        thread.join();
        assertThat(events).isEmpty();
        assertThat(poller.wakeUps()).isEqualTo(1);
    }

    @Test
    void an_interest_changed_during_a_blocked_poll_is_seen_and_the_poll_goes_on_waiting_for_it() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, TOKEN, Interest.NONE, Trigger.LEVEL);
        List<String> events = new ArrayList<>();
        Thread thread = startPolling(events);
        poller.reregister(source, TOKEN, Interest.READABLE, Trigger.LEVEL);
        pair.send();
        thread.join();
        assertThat(events).containsExactly("Token 7 READABLE");
    }

    @Test
    void changes_while_nobody_is_blocked_wake_nobody() throws IOException {
        ChannelPair pair = pair(Kind.TCP);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, TOKEN, Interest.NONE, Trigger.LEVEL);
        for (int i = 0; i < 10; i++) {
            poller.reregister(source, TOKEN, i % 2 == 0 ? Interest.BOTH : Interest.READABLE, Trigger.LEVEL);
        }
        assertThat(poller.wakeUps()).isZero();
        long polls = poller.polls();
        pair.send();
        assertThat(poll(LONG)).hasSize(1);
        assertThat(poller.polls()).isEqualTo(polls + 1);
    }

    @Test
    void only_one_thread_polls() throws Exception {
        Thread thread = startPolling(new ArrayList<>());
        assertThatThrownBy(() -> poll(0)).isInstanceOf(IllegalStateException.class);
        poller.wakeUp();
        thread.join();
        assertThat(poll(0)).isEmpty();
    }

    @Test
    void closing_ends_a_blocked_poll_and_refuses_what_comes() throws Exception {
        UserSource source = new UserSource();
        ChannelPair pair = pair(Kind.TCP);
        ChannelSource channel = new ChannelSource(pair.reader);
        poller.register(channel, TOKEN, Interest.READABLE, Trigger.LEVEL);
        assertThat(poller.tokens()).containsExactly(TOKEN);
        List<String> events = new ArrayList<>();
        Thread thread = startPolling(events);
        poller.close();
        thread.join();
        assertThat(events).isEmpty();
        assertThat(poller.tokens()).isEmpty();
        assertThat(poller.registered()).isZero();
        assertThatThrownBy(() -> poll(0)).isInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(() -> poller.register(source, TOKEN, Interest.BOTH, Trigger.LEVEL))
                .isInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(() -> poller.reregister(channel, TOKEN, Interest.BOTH, Trigger.LEVEL))
                .isInstanceOf(ClosedSelectorException.class);
        try (Poller other = Poller.open()) {
            other.register(channel, TOKEN, Interest.READABLE, Trigger.LEVEL);
            pair.send();
            assertThat(other.poll(LONG, event -> {})).isEqualTo(1);
        }
    }

    // registering

    @Test
    void a_source_belongs_to_one_poller_for_good() throws IOException {
        ChannelPair pair = pair(Kind.TCP);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, TOKEN, Interest.READABLE, Trigger.LEVEL);
        try (Poller other = Poller.open()) {
            assertThatThrownBy(() -> other.register(source, TOKEN, Interest.READABLE, Trigger.LEVEL))
                    .isInstanceOf(IllegalStateException.class);
            poller.deregister(source);
            assertThatThrownBy(() -> other.register(source, TOKEN, Interest.READABLE, Trigger.LEVEL))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> other.deregister(source)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_channel_is_registered_once_at_a_time() throws IOException {
        ChannelPair pair = pair(Kind.TCP);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, TOKEN, Interest.READABLE, Trigger.LEVEL);
        assertThatThrownBy(() -> poller.register(source, TOKEN, Interest.READABLE, Trigger.LEVEL))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        poller.register(new ChannelSource(pair.reader), TOKEN, Interest.READABLE, Trigger.LEVEL))
                .isInstanceOf(IllegalStateException.class);
    }

    /** The second way has a thread blocked in the selector, which must be sent out to flush. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_deregistered_source_can_be_registered_again_at_once(boolean blocked) throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, Token.of(1), Interest.READABLE, Trigger.LEVEL);
        poll(0);
        List<String> events = new ArrayList<>();
        Thread thread = blocked ? startPolling(events) : null;
        poller.deregister(source);
        poller.register(source, Token.of(2), Interest.READABLE, Trigger.LEVEL);
        pair.send();
        if (thread == null) {
            events.addAll(poll(LONG));
        } else {
            thread.join();
        }
        assertThat(events).containsExactly("Token 2 READABLE");
    }

    @Test
    void an_event_of_a_source_that_a_handler_deregistered_is_not_delivered() throws IOException {
        List<ChannelSource> sources = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ChannelPair pair = pair(Kind.TCP);
            pair.send();
            sources.add(new ChannelSource(pair.reader));
            poller.register(sources.get(i), Token.of(i), Interest.READABLE, Trigger.LEVEL);
        }
        List<Token> delivered = new ArrayList<>();
        int events = poller.poll(LONG, event -> {
            delivered.add(event.token());
            sources.forEach(poller::deregister);
        });
        assertThat(events).isEqualTo(1);
        assertThat(delivered).hasSize(1);
    }

    @Test
    void bad_channels_are_refused() throws IOException {
        try (SocketChannel blocking = SocketChannel.open()) {
            assertThatThrownBy(() ->
                            poller.register(new ChannelSource(blocking), TOKEN, Interest.BOTH, Trigger.LEVEL))
                    .isInstanceOf(IllegalBlockingModeException.class);
        }
        ChannelPair pair = pair(Kind.TCP);
        ChannelSource source = new ChannelSource(pair.reader);
        poller.register(source, TOKEN, Interest.READABLE, Trigger.LEVEL);
        pair.reader.close();
        assertThatThrownBy(() -> poller.reregister(source, TOKEN, Interest.BOTH, Trigger.LEVEL))
                .isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> poller.register(source, TOKEN, Interest.BOTH, Trigger.LEVEL))
                .isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> poller.reregister(new UserSource(), TOKEN, Interest.BOTH, Trigger.LEVEL))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_failing_handler_leaves_the_poller_usable() throws IOException {
        ChannelPair pair = pair(Kind.TCP);
        pair.send();
        poller.register(new ChannelSource(pair.reader), TOKEN, Interest.READABLE, Trigger.LEVEL);
        assertThatThrownBy(() -> poller.poll(LONG, event -> {
                    throw new IllegalArgumentException("thrown by a test");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(poll(LONG)).containsExactly("Token 7 READABLE");
    }

    /** Hunts for the moment between the selector's look at a key and its report, in which another thread cancels it. */
    @Test
    void a_registration_that_ends_while_it_is_reported_breaks_no_poll() throws Exception {
        List<ChannelPair> ready = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            ready.add(pair(Kind.PIPE));
            ready.get(i).send();
        }
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread polling = new Thread(() -> {
            try {
                while (!over.get()) {
                    poller.poll(0, event -> {});
                }
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        });
        polling.start();
        for (int round = 0; round < 1_000 && failure.get() == null; round++) {
            List<ChannelSource> sources = new ArrayList<>();
            for (ChannelPair pair : ready) {
                ChannelSource source = new ChannelSource(pair.reader);
                poller.register(source, TOKEN, Interest.READABLE, Trigger.LEVEL);
                sources.add(source);
            }
            sources.forEach(poller::deregister);
        }
        over.set(true);
        polling.join();
        assertThat(failure).hasNullValue();
    }

    @Test
    void a_wait_is_rounded_up_to_milliseconds_except_by_what_a_selector_takes_longer_anyway() {
        assertThat(Poller.milliseconds(1)).isEqualTo(1);
        assertThat(Poller.milliseconds(999_999)).isEqualTo(1);
        assertThat(Poller.milliseconds(1_000_000)).isEqualTo(1);
        assertThat(Poller.milliseconds(1_100_000)).isEqualTo(1);
        assertThat(Poller.milliseconds(1_100_001)).isEqualTo(2);
        assertThat(Poller.milliseconds(Long.MAX_VALUE - 1)).isPositive();
        assertThat(Poller.milliseconds(Long.MAX_VALUE)).as("for ever").isZero();
    }

    @Test
    void a_short_wait_does_not_spin() throws IOException {
        for (int i = 0; i < 20; i++) {
            poll(300_000);
        }
        assertThat(poller.polls()).isLessThanOrEqualTo(40);
    }
}
