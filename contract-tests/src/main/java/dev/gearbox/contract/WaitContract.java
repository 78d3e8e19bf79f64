package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waiting: from every kind of thread, by sleeping, with a limit of time, and for the first of several. */
interface WaitContract extends RuntimeUser {
    @Test
    default void platform_threads_and_workers_wait_for_tasks_of_every_style() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Task<Integer> onWorker = runtime.spawn(() -> waitForAll(runtime));
        assertThat(waitForAll(runtime)).isEqualTo(6);
        assertThat(onWorker.await()).isEqualTo(6);
    }

    @Test
    default void virtual_threads_wait_for_tasks_of_every_style() throws Exception {
        Optional<Method> startVirtualThread = Arrays.stream(Thread.class.getMethods())
                .filter(method -> method.getName().equals("startVirtualThread"))
                .findFirst();
        assumeTrue(startVirtualThread.isPresent() && Runtime.version().feature() >= 21, "virtual threads");
        AsyncRuntime runtime = fixture().runtime();
        AtomicInteger sum = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            Runnable body = () -> {
                try {
                    sum.addAndGet(waitForAll(runtime));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            };
            startVirtualThread.get().invoke(null, body);
        }
        Eventually.until(() -> "all virtual threads come through, but " + sum, () -> sum.get() == 120);
    }

    private static int waitForAll(AsyncRuntime runtime) throws Exception {
        return runtime.spawn(() -> 1).await()
                + runtime.spawnBlocking(() -> 2).await()
                + runtime.spawn(runtime.sleep(Duration.ofMillis(1)).map(unused -> 3))
                        .await();
    }

    @Test
    default void a_sleep_is_over_after_its_time_and_not_before() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        for (Duration duration : List.of(Duration.ofMillis(-1), Duration.ZERO, Duration.ofMillis(15))) {
            long start = System.nanoTime();
            runtime.sleep(duration).await();
            runtime.spawn(runtime.sleep(duration)).await();
            runtime.spawn(() -> runtime.sleep(duration).await()).await();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(3 * Math.max(0, duration.toNanos()));
        }
    }

    @Test
    default void thousands_of_tasks_sleep_at_once() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            tasks.add(runtime.spawn(runtime.sleep(Duration.ofMillis(i % 50))));
        }
        for (Task<Void> task : tasks) {
            Eventually.value(task);
        }
    }

    @Test
    default void a_timeout_fails_and_closes_what_took_too_long() {
        AsyncRuntime runtime = fixture().runtime();
        Probe<Object> slow = Probe.pending();
        Task<Object> task = runtime.spawn(runtime.timeout(slow, Duration.ofMillis(5)));
        assertThatThrownBy(task::await).isInstanceOf(TimeoutException.class).hasMessageContaining("PT0.005S");
        assertThat(slow.closes()).isEqualTo(1);

        Probe<Object> awaited = Probe.pending();
        assertThatThrownBy(() -> runtime.blockOn(runtime.timeout(awaited, Duration.ofMillis(5))))
                .isInstanceOf(TimeoutException.class);
        assertThat(awaited.closes()).isEqualTo(1);
    }

    @Test
    default void a_timeout_lets_through_what_is_in_time() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Task<Integer> source = runtime.spawn(() -> 1);
        assertThat(runtime.spawn(runtime.timeout(source, CancellationContract.LONG)).await())
                .isEqualTo(1);
        assertThatThrownBy(runtime.spawn(runtime.timeout(
                        Pollable.failed(new IllegalArgumentException("planted")), CancellationContract.LONG))::await)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void the_loser_of_a_race_is_closed_and_the_winner_is_not() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Probe<String> winner = Probe.pending();
        Probe<String> loser = Probe.pending();
        Task<String> task = runtime.spawn(Pollable.race(List.of(loser, winner)));
        Eventually.until("both are polled", () -> winner.polls() == 1 && loser.polls() == 1);

        winner.complete("first");

        assertThat(task.await()).isEqualTo("first");
        assertThat(loser.closes()).isEqualTo(1);
        assertThat(winner.closes()).isZero();
    }

    @Test
    default void join_waits_for_tasks_in_their_order() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int value = i;
            tasks.add(
                    i % 2 == 0
                            ? runtime.spawn(() -> value)
                            : runtime.spawn(
                                    runtime.sleep(Duration.ofMillis(40 - i)).map(unused -> value)));
        }
        List<Integer> values = Eventually.value(runtime.spawn(Pollable.join(tasks)));
        assertThat(values).hasSize(40).isSorted();
    }

    @Test
    default void a_wait_with_a_limit_gives_up_and_leaves_the_task_alone() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Probe<String> probe = Probe.pending();
        Task<String> task = runtime.spawn(probe);
        assertThatThrownBy(() -> task.await(Duration.ofMillis(5))).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(runtime.spawn(() -> task.await(Duration.ofMillis(5)))::await)
                .isInstanceOf(TimeoutException.class);

        Eventually.until("the poll", () -> probe.polls() == 1);
        probe.complete("after all");
        assertThat(task.await()).isEqualTo("after all");
    }
}
