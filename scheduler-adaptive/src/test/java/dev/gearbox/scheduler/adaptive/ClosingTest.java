package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClosingTest {
    /** Hunts: a wait ends just as the scheduler closes, and its machine gets a processor back that nobody takes away. */
    @Test
    void a_task_that_still_has_a_processor_is_refused_too() {
        AdaptiveScheduler scheduler = Schedulers.of(2, 20);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        scheduler.execute(() -> {
            begun.countDown();
            Eventually.until("the close has begun", scheduler::isClosed);
            Eventually.until("it has passed", () -> scheduler.global.isClosed());
            ((Machine) Thread.currentThread()).set(Machine.RUNNING);
            try {
                scheduler.execute(() -> {});
            } catch (RejectedExecutionException closed) {
                refused.incrementAndGet();
            }
            try {
                scheduler.executeYielded(() -> {});
            } catch (RejectedExecutionException closed) {
                refused.incrementAndGet();
            }
        });
        Eventually.open("it has begun", begun);
        scheduler.close();
        assertThat(refused).hasValue(2);
    }
}
