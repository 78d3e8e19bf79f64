package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlainGearboxTest {
    @Test
    void its_parts_are_closed_at_once_and_all_have_closed_at_the_end() {
        CyclicBarrier all = new CyclicBarrier(4);
        AtomicInteger closed = new AtomicInteger();
        PlainGearbox.atOnce(Collections.nCopies(4, () -> {
            try {
                all.await(20, TimeUnit.SECONDS);
                closed.incrementAndGet();
            } catch (Exception alone) {
                throw new IllegalStateException(alone);
            }
        }));
        assertThat(closed).hasValue(4);
    }
}
