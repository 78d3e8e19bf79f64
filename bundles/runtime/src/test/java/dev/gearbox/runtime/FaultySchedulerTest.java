package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.Scheduler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultySchedulerTest {
    /** Passes all on, notes the names of methods, and fails in one of them. */
    private static Scheduler spy(Scheduler real, String faulty, List<String> calls) {
        return (Scheduler) Proxy.newProxyInstance(
                FaultySchedulerTest.class.getClassLoader(), new Class<?>[] {Scheduler.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().equals(faulty)) {
                        throw new IllegalStateException("expected in this test");
                    }
                    if (method.getName().equals("drive")) {
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @Test
    void a_scheduler_that_fails_to_drive_does_not_keep_the_next_from_it() {
        try (PoolScheduler first = new PoolScheduler("first", 1);
                PoolScheduler second = new PoolScheduler("second", 1);
                RuntimeCore core = new RuntimeCore()) {
            List<String> calls = new ArrayList<>();
            core.addScheduler(1, 0, spy(first, "drive", new ArrayList<>()));
            core.addScheduler(2, 1, spy(second, "none", calls));
            assertThat(calls).contains("drive");
        }
    }

    @Test
    void a_scheduler_that_fails_to_hand_back_does_not_keep_the_next_from_work() throws Exception {
        try (PoolScheduler first = new PoolScheduler("first", 1);
                PoolScheduler second = new PoolScheduler("second", 1);
                RuntimeCore core = new RuntimeCore()) {
            core.addScheduler(1, 0, spy(first, "handBack", new ArrayList<>()));
            core.addScheduler(2, 1, second);
            assertThat(core.owner("test").spawn(() -> 42).await(Duration.ofSeconds(20))).isEqualTo(42);
            assertThat(core.admin().inGear()).contains("second");
        }
    }
}
