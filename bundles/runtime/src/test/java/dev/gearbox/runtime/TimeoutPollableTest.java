package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimeoutPollableTest {
    private final AtomicInteger closes = new AtomicInteger();
    private final RuntimeCore core = new RuntimeCore();

    private Pollable<Void> timeout(Duration duration) {
        return core.owner("test").timeout(
                new Pollable<Void>() {
                    @Override
                    public Poll<Void> poll(Waker waker) {
                        return Poll.pending();
                    }

                    @Override
                    public void close() {
                        closes.incrementAndGet();
                    }
                },
                duration);
    }

    @Test
    void what_was_waited_for_is_closed_when_the_time_is_over() {
        Pollable<Void> timeout = timeout(Duration.ZERO);
        assertThatThrownBy(() -> timeout.poll(() -> {})).isInstanceOf(TimeoutException.class);
        timeout.close();
        assertThat(closes).hasValue(1);
        core.close();
    }

    @Test
    void what_was_waited_for_is_closed_when_the_runtime_has_stopped() {
        Pollable<Void> timeout = timeout(Duration.ofHours(1));
        core.close();
        assertThatThrownBy(() -> timeout.poll(() -> {})).isInstanceOf(IllegalStateException.class);
        timeout.close();
        assertThat(closes).hasValue(1);
    }
}
