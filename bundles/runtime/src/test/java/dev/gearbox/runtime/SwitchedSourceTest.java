package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.IoSource;
import dev.gearbox.Waker;
import dev.gearbox.spi.IoRegistration;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorStatistics;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
}
