package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.IoSource;
import dev.gearbox.Waker;
import dev.gearbox.spi.IoRegistration;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SwitchedSourceTest {
    /** Keeps wakers until it is closed, or refuses after having done something else. */
    private static final class FakeReactor implements Reactor {
        private final Runnable beforeItRefuses;
        private final List<Waker> waiting = new ArrayList<>();

        FakeReactor(Runnable beforeItRefuses) {
            this.beforeItRefuses = beforeItRefuses;
        }

        @Override
        public IoRegistration register(SelectableChannel channel) {
            if (beforeItRefuses != null) {
                beforeItRefuses.run();
                throw new RejectedExecutionException("closed");
            }
            return new FakeRegistration(this);
        }

        @Override
        public ReactorStatistics statistics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PollRole announce(Runnable wakeUp) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class FakeRegistration implements IoRegistration {
        private final FakeReactor reactor;
        private boolean closed;

        FakeRegistration(FakeReactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public void wakeWhenReadable(Waker waker) {
            if (closed) {
                waker.wake();
            } else {
                reactor.waiting.add(waker);
            }
        }

        @Override
        public void wakeWhenWritable(Waker waker) {
            wakeWhenReadable(waker);
        }

        @Override
        public void close() {
            closed = true;
            reactor.waiting.forEach(Waker::wake);
            reactor.waiting.clear();
        }
    }

    @Test
    void who_asked_a_reactor_that_has_closed_meanwhile_waits_at_the_present_one() throws Exception {
        // hunts: one direction reads the old reactor; it closes; the other direction registers with the new one; the
        // first goes on, closes that registration, and is refused by the old reactor
        Pipe pipe = Pipe.open();
        try (RuntimeCore core = new RuntimeCore(); Pipe.SinkChannel sink = pipe.sink()) {
            assertThat(sink.isOpen()).isTrue();
            FakeReactor present = new FakeReactor(null);
            IoSource source = core.owner("test").register(pipe.source());
            core.setReactor(present);
            source.wakeWhenReadable(() -> {});
            core.setReactor(new FakeReactor(() -> core.setReactor(present)));

            AtomicInteger wakes = new AtomicInteger();
            source.wakeWhenReadable(wakes::incrementAndGet);

            assertThat(wakes).hasValue(0);
            assertThat(present.waiting).hasSize(1);
        }
    }

    @Test
    @Timeout(60)
    void wakers_are_woken_without_a_lock_when_the_reactor_changes() throws Exception {
        Pipe pipe = Pipe.open();
        try (RuntimeCore core = new RuntimeCore(); Pipe.SinkChannel sink = pipe.sink()) {
            assertThat(sink.isOpen()).isTrue();
            IoSource source = core.owner("test").register(pipe.source());
            FakeReactor first = new FakeReactor(null);
            core.setReactor(first);
            AtomicInteger closed = new AtomicInteger();
            Waker closing = () -> CompletableFuture.runAsync(() -> {
                try {
                    source.close(); // waits for the lock
                    closed.incrementAndGet();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).orTimeout(10, TimeUnit.SECONDS).join();
            source.wakeWhenReadable(closing);

            core.setReactor(new FakeReactor(null));
            source.wakeWhenWritable(() -> {});

            assertThat(closed).hasValue(1);
        }
    }

    @Test
    @Timeout(60)
    void a_source_that_nobody_waits_for_keeps_no_reactor_that_is_gone() throws Exception {
        Pipe pipe = Pipe.open();
        try (RuntimeCore core = new RuntimeCore(); Pipe.SinkChannel sink = pipe.sink()) {
            assertThat(sink.isOpen()).isTrue();
            IoSource source = core.owner("test").register(pipe.source());
            FakeReactor reactor = new FakeReactor(null);
            core.setReactor(reactor);
            source.wakeWhenReadable(() -> {});
            core.unsetReactor(reactor);
            assertThat(reactor.waiting).as("wakers of those who wait").isEmpty();
            WeakReference<FakeReactor> gone = new WeakReference<>(reactor);
            reactor = null;
            while (gone.get() != null) {
                System.gc();
            }
            assertThat(source.channel().isOpen()).isTrue();
        }
    }
}
