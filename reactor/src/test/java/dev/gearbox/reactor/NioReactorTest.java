package dev.gearbox.reactor;

import static dev.gearbox.reactor.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Waker;
import dev.gearbox.poll.ChannelPair;
import dev.gearbox.poll.ChannelPair.Kind;
import dev.gearbox.spi.IoRegistration;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class NioReactorTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(20);

    private final NioReactor reactor = new NioReactor();
    private final List<ChannelPair> pairs = new ArrayList<>();

    NioReactorTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        reactor.close();
        for (ChannelPair pair : pairs) {
            pair.close();
        }
    }

    private ChannelPair pair(Kind kind) throws IOException {
        ChannelPair pair = ChannelPair.open(kind);
        pairs.add(pair);
        return pair;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Announces, and waits until the own thread is out, which a poll would otherwise meet inside. */
    private PollRole announce(Runnable wakeUp) {
        PollRole role = reactor.announce(wakeUp);
        long polls = reactor.statistics().polls();
        eventually("the own thread is out", () -> {
            role.poll(0);
            return reactor.statistics().polls() > polls + 1;
        });
        return role;
    }

    /** Starts a thread that polls once, and returns when it is blocked in the selector. */
    private Thread startInside(PollRole role, CountDownLatch left) {
        long polls = reactor.statistics().polls();
        Thread thread = new Thread(() -> {
            role.poll(LONG);
            left.countDown();
        });
        thread.setDaemon(true);
        thread.start();
        eventually("the poller is inside", () -> reactor.statistics().polls() > polls);
        return thread;
    }

    // its own thread

    @ParameterizedTest
    @EnumSource
    void its_own_thread_wakes_a_reader_when_there_is_something_to_read(Kind kind) throws Exception {
        ChannelPair pair = pair(kind);
        IoRegistration registration = reactor.register(pair.reader);
        AtomicReference<String> by = new AtomicReference<>();
        for (int i = 0; i < 5; i++) {
            CountDownLatch woken = new CountDownLatch(1);
            registration.wakeWhenReadable(() -> {
                by.set(Thread.currentThread().getName());
                woken.countDown();
            });
            assertThat(woken.getCount()).isOne();
            assertThat(reactor.statistics().waiting()).isEqualTo(1);
            pair.send();
            await(woken);
            assertThat(by.get()).isEqualTo("gearbox-reactor");
            assertThat(pair.receive(10)).isEqualTo(1);
        }
        assertThat(reactor.statistics().waiting()).isZero();
        assertThat(reactor.statistics().ownThread()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void its_own_thread_wakes_a_writer_when_there_is_room(Kind kind) throws Exception {
        IoRegistration registration = reactor.register(pair(kind).writer);
        for (int i = 0; i < 5; i++) {
            CountDownLatch woken = new CountDownLatch(1);
            registration.wakeWhenWritable(woken::countDown);
            await(woken);
        }
    }

    @Test
    void a_reader_and_a_writer_wait_apart() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        CountDownLatch readable = new CountDownLatch(1);
        CountDownLatch writable = new CountDownLatch(1);
        registration.wakeWhenReadable(readable::countDown);
        registration.wakeWhenWritable(writable::countDown);
        await(writable);
        assertThat(readable.getCount()).isOne();
        pair.send();
        await(readable);
    }

    @Test
    void a_hang_up_wakes_readers_and_writers() throws Exception {
        ChannelPair pair = pair(Kind.PIPE);
        CountDownLatch readable = new CountDownLatch(1);
        reactor.register(pair.reader).wakeWhenReadable(readable::countDown);
        pair.writer.close();
        await(readable);

        ChannelPair full = pair(Kind.PIPE);
        while (((WritableByteChannel) full.writer).write(ByteBuffer.allocate(1 << 20)) > 0) {
            continue;
        }
        CountDownLatch writable = new CountDownLatch(1);
        reactor.register(full.writer).wakeWhenWritable(writable::countDown);
        full.reader.close();
        await(writable);
    }

    @Test
    void any_number_may_wait_and_each_is_woken_once() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        List<AtomicInteger> wakes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            AtomicInteger counter = new AtomicInteger();
            wakes.add(counter);
            Waker waker = counter::incrementAndGet;
            registration.wakeWhenReadable(waker);
            registration.wakeWhenReadable(waker);
        }
        assertThat(reactor.statistics().waiting()).isEqualTo(10);
        pair.send();
        eventually("all woken", () -> wakes.stream().allMatch(counter -> counter.get() > 0));
        pair.send();
        CountDownLatch again = new CountDownLatch(1);
        registration.wakeWhenReadable(again::countDown);
        await(again);
        assertThat(wakes).allMatch(counter -> counter.get() == 1);
    }

    @Test
    void a_ready_channel_that_nobody_waits_for_does_not_make_it_spin() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        CountDownLatch woken = new CountDownLatch(1);
        registration.wakeWhenReadable(woken::countDown);
        pair.send();
        await(woken);
        ChannelPair other = pair(Kind.TCP);
        IoRegistration slow = reactor.register(other.reader);
        for (int i = 0; i < 20; i++) {
            CountDownLatch round = new CountDownLatch(1);
            slow.wakeWhenReadable(round::countDown);
            assertThat(round.await(2, TimeUnit.MILLISECONDS)).isFalse();
            other.send();
            await(round);
            other.receive(1);
        }
        assertThat(reactor.statistics().polls()).isLessThan(150);
        CountDownLatch again = new CountDownLatch(1);
        registration.wakeWhenReadable(again::countDown);
        await(again);
    }

    @Test
    void a_waker_that_throws_harms_nobody_else() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        CountDownLatch woken = new CountDownLatch(1);
        registration.wakeWhenReadable(() -> {
            throw new AssertionError("thrown by a test");
        });
        registration.wakeWhenReadable(woken::countDown);
        pair.send();
        await(woken);
        CountDownLatch again = new CountDownLatch(1);
        registration.wakeWhenReadable(again::countDown);
        await(again);
    }

    // registering and closing

    @Test
    void closing_a_registration_wakes_all_who_wait_and_leaves_the_channel_open() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        CountDownLatch woken = new CountDownLatch(2);
        registration.wakeWhenReadable(woken::countDown);
        registration.wakeWhenReadable(() -> woken.countDown());
        registration.close();
        await(woken);
        assertThat(pair.reader.isOpen()).isTrue();
        CountDownLatch atOnce = new CountDownLatch(1);
        registration.wakeWhenReadable(atOnce::countDown);
        registration.wakeWhenWritable(atOnce::countDown);
        assertThat(atOnce.getCount()).isZero();
        registration.close();
        assertThat(reactor.statistics().waiting()).isZero();

        IoRegistration next = reactor.register(pair.reader);
        CountDownLatch readable = new CountDownLatch(1);
        next.wakeWhenReadable(readable::countDown);
        pair.send();
        await(readable);
    }

    @ParameterizedTest
    @EnumSource
    void a_channel_closed_after_its_registration_is_really_closed(Kind kind) throws Exception {
        ChannelPair pair = pair(kind);
        IoRegistration registration = reactor.register(pair.reader);
        registration.wakeWhenReadable(() -> {});
        registration.close();
        pair.reader.close();
        eventually("the key is flushed", () -> reactor.statistics().registered() == 0);
    }

    @Test
    void a_wait_on_a_channel_that_closed_is_over_at_once() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        pair.reader.close();
        CountDownLatch woken = new CountDownLatch(1);
        registration.wakeWhenReadable(woken::countDown);
        await(woken);
    }

    @Test
    void bad_channels_are_refused() throws Exception {
        try (SocketChannel blocking = SocketChannel.open()) {
            assertThatThrownBy(() -> reactor.register(blocking)).isInstanceOf(IllegalBlockingModeException.class);
        }
        ChannelPair pair = pair(Kind.TCP);
        pair.reader.close();
        assertThatThrownBy(() -> reactor.register(pair.reader)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> reactor.register(null)).isInstanceOf(NullPointerException.class);
    }

    // a role

    @Test
    void the_holder_of_the_role_wakes_on_its_own_thread_and_the_own_thread_goes_on_when_it_closes() throws Exception {
        PollRole role = announce(() -> {});
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        AtomicReference<Thread> by = new AtomicReference<>();
        registration.wakeWhenReadable(() -> by.set(Thread.currentThread()));
        assertThat(role.poll(0)).isZero();
        pair.send();
        assertThat(role.poll(LONG)).isEqualTo(1);
        assertThat(by.get()).isSameAs(Thread.currentThread());
        assertThat(role.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(reactor.statistics().ownThread()).isFalse();

        long polls = reactor.statistics().polls();
        CountDownLatch woken = new CountDownLatch(1);
        registration.wakeWhenReadable(woken::countDown);
        assertThat(woken.await(20, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(reactor.statistics().polls()).as("the own thread sleeps").isEqualTo(polls);
        role.close();
        await(woken);
        assertThat(role.isOpen()).isFalse();
        assertThat(role.poll(LONG)).isZero();
        assertThat(reactor.statistics().ownThread()).isTrue();
    }

    @Test
    void closing_the_role_sends_the_thread_inside_away() throws Exception {
        PollRole role = announce(() -> {});
        CountDownLatch left = new CountDownLatch(1);
        startInside(role, left);
        role.close();
        await(left);
        CountDownLatch woken = new CountDownLatch(1);
        reactor.register(pair(Kind.TCP).writer).wakeWhenWritable(woken::countDown);
        await(woken);
    }

    @Test
    void two_roles_at_once_are_refused_one_after_the_other_is_not() {
        PollRole first = reactor.announce(() -> {});
        assertThatThrownBy(() -> reactor.announce(() -> {})).isInstanceOf(IllegalStateException.class);
        first.close();
        PollRole second = reactor.announce(() -> {});
        first.close();
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void only_one_thread_is_inside_and_a_wake_up_sends_it_out() throws Exception {
        PollRole role = announce(() -> {});
        CountDownLatch left = new CountDownLatch(1);
        startInside(role, left);
        assertThat(role.poll(LONG)).isZero();
        assertThat(left.getCount()).isOne();
        role.wakeUp();
        await(left);
        role.wakeUp();
        role.wakeUp();
        assertThat(role.poll(LONG)).isZero();
    }

    @Test
    void a_reader_that_keeps_coming_back_changes_nothing_in_a_blocked_selector() throws Exception {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(told::incrementAndGet);
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        CountDownLatch first = new CountDownLatch(1);
        registration.wakeWhenReadable(first::countDown);
        assertThat(told).hasValueLessThanOrEqualTo(1);
        pair.send();
        role.poll(LONG);
        await(first);
        assertThat(pair.receive(1)).isEqualTo(1);
        told.set(0);
        long wakeUps = reactor.statistics().wakeUps();
        for (int i = 0; i < 20; i++) {
            CountDownLatch left = new CountDownLatch(1);
            startInside(role, left);
            CountDownLatch woken = new CountDownLatch(1);
            registration.wakeWhenReadable(woken::countDown);
            pair.send();
            await(woken);
            await(left);
            assertThat(pair.receive(1)).isEqualTo(1);
        }
        assertThat(reactor.statistics().wakeUps()).isEqualTo(wakeUps);
        assertThat(told).hasValue(0);
    }

    @Test
    void a_reader_that_comes_back_late_changes_nothing_unless_it_was_missed_too_often() throws Exception {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(told::incrementAndGet);
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        registration.wakeWhenReadable(() -> {});
        pair.send();
        assertThat(role.poll(LONG)).isEqualTo(1);
        told.set(0);
        for (int i = 0; i < ReactorEntry.PATIENCE; i++) {
            assertThat(role.poll(0)).isZero();
        }
        registration.wakeWhenReadable(() -> {});
        assertThat(told).hasValue(0);
        assertThat(role.poll(LONG)).as("still asked for").isEqualTo(1);
        for (int i = 0; i <= ReactorEntry.PATIENCE; i++) {
            assertThat(role.poll(0)).isZero();
        }
        registration.wakeWhenReadable(() -> {});
        assertThat(told).as("had to be asked for again").hasValue(1);
        assertThat(role.poll(LONG)).isEqualTo(1);
    }

    @Test
    void a_new_interest_wakes_a_blocked_selector() throws Exception {
        PollRole role = announce(() -> {});
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.writer);
        role.poll(0);
        CountDownLatch left = new CountDownLatch(1);
        startInside(role, left);
        CountDownLatch woken = new CountDownLatch(1);
        registration.wakeWhenWritable(woken::countDown);
        await(woken);
        await(left);
    }

    @Test
    void the_holder_is_told_once_of_new_interests_while_nobody_is_inside() throws Exception {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(told::incrementAndGet);
        IoRegistration one = reactor.register(pair(Kind.TCP).reader);
        IoRegistration two = reactor.register(pair(Kind.TCP).reader);
        IoRegistration three = reactor.register(pair(Kind.TCP).reader);
        assertThat(told).hasValue(0);
        one.wakeWhenReadable(() -> {});
        two.wakeWhenReadable(() -> {});
        assertThat(told).hasValue(1);
        role.poll(0);
        one.wakeWhenReadable(() -> {});
        assertThat(told).as("nothing new").hasValue(1);
        three.wakeWhenReadable(() -> {});
        assertThat(told).hasValue(2);
    }

    @Test
    void what_the_polling_thread_arms_is_told_to_nobody() throws Exception {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(told::incrementAndGet);
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.writer);
        registration.wakeWhenWritable(() -> registration.wakeWhenReadable(() -> {}));
        role.poll(0);
        told.set(0);
        long wakeUps = reactor.statistics().wakeUps();
        registration.wakeWhenWritable(() -> registration.wakeWhenReadable(() -> {}));
        assertThat(role.poll(LONG)).isPositive();
        assertThat(told).hasValue(0);
        assertThat(reactor.statistics().wakeUps()).isEqualTo(wakeUps);
    }

    // the end

    @Test
    void closing_wakes_every_waiter_refuses_new_ones_and_ends_the_thread() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        IoRegistration registration = reactor.register(pair.reader);
        AtomicReference<Thread> own = new AtomicReference<>();
        CountDownLatch writable = new CountDownLatch(1);
        registration.wakeWhenWritable(() -> {
            own.set(Thread.currentThread());
            writable.countDown();
        });
        await(writable);
        CountDownLatch woken = new CountDownLatch(2);
        registration.wakeWhenReadable(woken::countDown);
        reactor.register(pair.writer).wakeWhenReadable(woken::countDown);
        reactor.close();
        await(woken);
        assertThat(own.get().isAlive()).isFalse();
        assertThatThrownBy(() -> registration.wakeWhenReadable(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> registration.wakeWhenWritable(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> reactor.register(pair.writer)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> reactor.announce(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(reactor.statistics().registered()).isZero();
        assertThat(reactor.statistics().waiting()).isZero();
        reactor.close();
        registration.close();
        CountDownLatch atOnce = new CountDownLatch(1);
        registration.wakeWhenReadable(atOnce::countDown);
        assertThat(atOnce.getCount()).isZero();
    }

    @Test
    void a_channel_moves_to_the_next_reactor_when_the_first_has_closed() throws Exception {
        ChannelPair pair = pair(Kind.TCP);
        reactor.register(pair.reader);
        reactor.close();
        try (NioReactor next = new NioReactor()) {
            CountDownLatch woken = new CountDownLatch(1);
            next.register(pair.reader).wakeWhenReadable(woken::countDown);
            pair.send();
            await(woken);
        }
    }

    @Test
    void closing_takes_the_role_away_and_sends_its_holder_out() throws Exception {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(told::incrementAndGet);
        CountDownLatch left = new CountDownLatch(1);
        startInside(role, left);
        reactor.close();
        await(left);
        assertThat(role.isOpen()).isFalse();
        assertThat(role.poll(LONG)).isZero();
        assertThat(told).hasPositiveValue();
    }

    @Test
    void plain_java_finds_it() {
        Reactor found = ServiceLoader.load(ReactorFactory.class).findFirst().orElseThrow().create();
        assertThat(found).isInstanceOf(NioReactor.class);
        found.close();
    }
}
