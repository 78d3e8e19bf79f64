package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Task;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StoppedRuntimeTest {
    @Test
    void who_waits_for_a_task_that_is_stuck_learns_that_the_runtime_has_stopped() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (PoolScheduler scheduler = new PoolScheduler("pool", 1)) {
            RuntimeCore core = new RuntimeCore();
            core.addScheduler(1, 0, scheduler);
            Task<Void> task = core.owner("test").spawn(() -> {
                stuck.countDown();
                release.await();
                return null;
            });
            stuck.await();
            core.close();
            assertThatThrownBy(task::await).isInstanceOf(IllegalStateException.class).hasMessage(RuntimeCore.STOPPED);
        } finally {
            release.countDown();
        }
    }
}
