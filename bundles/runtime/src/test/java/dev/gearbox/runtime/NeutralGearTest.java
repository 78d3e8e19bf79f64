package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NeutralGearTest {
    private static final class Body implements Pollable<Void> {
        private final AtomicInteger closes = new AtomicInteger();

        @Override
        public Poll<Void> poll(Waker waker) {
            return Poll.pending();
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }

    @Test
    void what_a_stopped_owner_has_queued_ends_although_no_scheduler_comes() {
        try (RuntimeCore core = new RuntimeCore()) {
            OwnedRuntime stopped = core.owner("stopped");
            OwnedRuntime other = core.owner("other");
            Body polled = new Body();
            Task<Void> inNeutral = stopped.spawn(polled);
            Task<Integer> pinned = stopped.pinnedTo("absent").spawn(() -> 1);
            Task<Integer> spared = other.spawn(() -> 2);

            stopped.close();

            assertThat(polled.closes).hasValue(1);
            assertThatThrownBy(inNeutral::await).isInstanceOf(CancellationException.class);
            assertThatThrownBy(pinned::await).isInstanceOf(CancellationException.class);
            assertThat(spared.isDone()).isFalse();
            assertThat(core.admin().statistics().held()).isEqualTo(1);
        }
    }
}
