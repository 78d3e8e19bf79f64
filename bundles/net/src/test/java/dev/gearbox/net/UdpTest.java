package dev.gearbox.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import dev.gearbox.Task;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.MembershipKey;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

class UdpTest extends OnEachScheduler {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static UdpSocket bind(String scheduler) throws IOException {
        return Network.on(on(scheduler)).bindUdp(ANY_PORT);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer received) {
        return StandardCharsets.US_ASCII.decode(received.flip()).toString();
    }

    @EachScheduler
    void messages_arrive_whole_one_by_one_and_tell_who_sent_them(String scheduler) throws Exception {
        try (UdpSocket one = bind(scheduler);
                UdpSocket other = bind(scheduler)) {
            one.send(bytes("first"), other.localAddress()).await(LONG);
            one.send(bytes(""), other.localAddress()).await(LONG);
            one.send(bytes("third"), other.localAddress()).await(LONG);
            List<String> received = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ByteBuffer buffer = ByteBuffer.allocate(UdpSocket.MAX_BYTES + 1);
                assertThat(other.receive(buffer).await(LONG)).isEqualTo(one.localAddress());
                assertThat(buffer.limit()).as("the limit stays").isEqualTo(buffer.capacity());
                received.add(text(buffer));
            }
            assertThat(received).containsExactly("first", "", "third");
        }
    }

    @EachScheduler
    void a_task_that_waits_for_a_message_holds_no_thread_and_is_woken_by_it(String scheduler) throws Exception {
        try (UdpSocket one = bind(scheduler);
                UdpSocket other = bind(scheduler)) {
            List<Task<Void>> tasks = new ArrayList<>();
            tasks.add(on(scheduler).spawn(echo(other, 50)));
            tasks.add(on(scheduler).spawn(() -> {
                for (int i = 0; i < 50; i++) {
                    one.send(bytes("message " + i), other.localAddress()).await();
                    ByteBuffer buffer = ByteBuffer.allocateDirect(100);
                    one.receive(buffer).await();
                    assertThat(text(buffer)).isEqualTo("message " + i);
                }
                return null;
            }));
            for (Task<Void> task : tasks) {
                task.await(LONG);
            }
        }
    }

    private static Pollable<Void> echo(UdpSocket socket, int times) {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        return socket.receive(buffer)
                .then(sender -> socket.send(buffer.flip(), sender))
                .then(sent -> times == 1 ? Pollable.ready(null) : echo(socket, times - 1));
    }

    @EachScheduler
    void the_rest_of_a_message_that_is_too_large_for_the_buffer_is_lost(String scheduler) throws Exception {
        try (UdpSocket one = bind(scheduler);
                UdpSocket other = bind(scheduler)) {
            one.send(bytes("too large"), other.localAddress()).await(LONG);
            one.send(bytes("next"), other.localAddress()).await(LONG);
            ByteBuffer small = ByteBuffer.allocate(3);
            other.receive(small).await(LONG);
            assertThat(text(small)).isEqualTo("too");
            ByteBuffer next = ByteBuffer.allocate(100);
            other.receive(next).await(LONG);
            assertThat(text(next)).isEqualTo("next");
        }
    }

    @EachScheduler
    void a_receive_that_was_given_up_takes_nothing(String scheduler) throws Exception {
        try (UdpSocket one = bind(scheduler);
                UdpSocket other = bind(scheduler)) {
            CountDownLatch woken = new CountDownLatch(1);
            Pollable<InetSocketAddress> given = other.receive(ByteBuffer.allocate(100));
            assertThat(given.poll(woken::countDown).isReady()).isFalse();
            given.close();
            assertThatThrownBy(() -> given.poll(() -> {})).isInstanceOf(IllegalStateException.class);
            one.send(bytes("kept"), other.localAddress()).await(LONG);
            ByteBuffer buffer = ByteBuffer.allocate(100);
            other.receive(buffer).await(LONG);
            assertThat(text(buffer)).isEqualTo("kept");
        }
    }

    @EachScheduler
    void a_connected_socket_hears_and_reaches_its_other_side_only(String scheduler) throws Exception {
        try (UdpSocket one = bind(scheduler);
                UdpSocket other = bind(scheduler);
                UdpSocket stranger = bind(scheduler)) {
            assertThatThrownBy(() -> one.send(bytes("x")).await(LONG)).isInstanceOf(NotYetConnectedException.class);
            one.connect(other.localAddress());
            assertThat(one.remoteAddress()).contains(other.localAddress());
            stranger.send(bytes("not heard"), one.localAddress()).await(LONG);
            one.send(bytes("hello")).await(LONG);
            ByteBuffer buffer = ByteBuffer.allocate(100);
            assertThat(other.receive(buffer).await(LONG)).isEqualTo(one.localAddress());
            assertThat(text(buffer)).isEqualTo("hello");
            other.send(bytes("heard"), one.localAddress()).await(LONG);
            one.receive(buffer.clear()).await(LONG);
            assertThat(text(buffer)).isEqualTo("heard");
            assertThatThrownBy(() -> one.send(bytes("x"), stranger.localAddress()).await(LONG))
                    .isInstanceOf(AlreadyConnectedException.class);
            one.disconnect();
            assertThat(one.remoteAddress()).isEmpty();
        }
    }

    @EachScheduler
    void a_connected_socket_learns_that_nobody_listens_and_goes_on(String scheduler) throws Exception {
        try (UdpSocket socket = bind(scheduler)) {
            UdpSocket gone = bind(scheduler);
            socket.connect(gone.localAddress());
            gone.close();
            socket.send(bytes("anybody?")).await(LONG);
            assertThatThrownBy(() -> socket.receive(ByteBuffer.allocate(10)).await(LONG))
                    .isInstanceOf(PortUnreachableException.class);
            assertThat(socket.isOpen()).isTrue();
        }
    }

    @EachScheduler
    void closing_wakes_who_receives(String scheduler) throws Exception {
        UdpSocket socket = bind(scheduler);
        CountDownLatch woken = new CountDownLatch(1);
        Pollable<InetSocketAddress> receive = socket.receive(ByteBuffer.allocate(10));
        assertThat(receive.poll(woken::countDown).isReady()).isFalse();
        socket.close();
        assertThat(woken.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> receive.await(LONG)).isInstanceOf(ClosedChannelException.class);
        assertThat(socket.isOpen()).isFalse();
    }

    @EachScheduler
    void members_of_a_group_hear_what_is_sent_to_it_until_they_leave(String scheduler) throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        Assumptions.assumeTrue(loopback.isUp());
        InetAddress group = InetAddress.getByName("239.255.77.77");
        InetSocketAddress wildcard = new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0);
        try (UdpSocket member = Network.on(on(scheduler)).bindUdp(wildcard);
                UdpSocket sender = bind(scheduler)) {
            MembershipKey key = member.join(group, loopback);
            sender.multicast(loopback, 0, true);
            sender.send(bytes("to all"), new InetSocketAddress(group, member.localAddress().getPort())).await(LONG);
            ByteBuffer buffer = ByteBuffer.allocate(100);
            assertThat(member.receive(buffer).await(LONG)).isEqualTo(sender.localAddress());
            assertThat(text(buffer)).isEqualTo("to all");
            key.drop();
            assertThat(key.isValid()).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> member.join(InetAddress.getLoopbackAddress(), loopback));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sender.multicast(loopback, 256, true))
                    .withMessageContaining("256");
        }
    }

    @EachScheduler
    void a_broadcast_must_be_allowed_first(String scheduler) throws Exception {
        try (UdpSocket socket = bind(scheduler)) {
            assertThat(socket.broadcast()).isFalse();
            socket.broadcast(true);
            assertThat(socket.broadcast()).isTrue();
        }
    }

    @EachScheduler
    void bad_addresses_and_messages_fail_at_once(String scheduler) throws Exception {
        Network network = Network.on(on(scheduler));
        try (UdpSocket socket = bind(scheduler)) {
            InetSocketAddress taken = socket.localAddress();
            assertThatThrownBy(() -> network.bindUdp(taken))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(taken.toString());
            assertThatThrownBy(() -> network.bindUdp(InetSocketAddress.createUnresolved("localhost", 1)))
                    .isInstanceOf(UnresolvedAddressException.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> socket.send(ByteBuffer.allocate(65_536), taken))
                    .withMessageContaining("65536");
        }
    }
}
