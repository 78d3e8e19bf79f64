package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Yielding gives others their turn, in both styles. */
interface YieldContract extends RuntimeUser {
    @Test
    default void a_direct_task_that_yields_lets_go_first_what_was_queued_before() throws Exception {
        AsyncRuntime runtime = fixture().runtime(1);
        List<String> order = new CopyOnWriteArrayList<>();

        Eventually.value(runtime.spawn(() -> {
            runtime.spawn(() -> order.add("queued"));
            runtime.spawn(waker -> Poll.ready(order.add("queued")));
            runtime.yieldNow().await();
            return order.add("yielded");
        }));

        assertThat(order).containsExactly("queued", "queued", "yielded");
    }

    @Test
    default void a_polled_task_that_yields_lets_go_first_what_was_queued_before() throws Exception {
        AsyncRuntime runtime = fixture().runtime(1);
        List<String> order = new CopyOnWriteArrayList<>();

        Pollable<Boolean> yielding = Pollable.ready(0)
                .then(unused -> {
                    runtime.spawn(() -> order.add("queued"));
                    runtime.spawn(waker -> Poll.ready(order.add("queued")));
                    return runtime.yieldNow();
                })
                .map(unused -> order.add("yielded"));
        Eventually.value(runtime.spawn(yielding));

        assertThat(order).containsExactly("queued", "queued", "yielded");
    }

    @Test
    default void tasks_that_yield_for_ever_starve_nobody() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        AtomicBoolean stop = new AtomicBoolean();
        Callable<Object> direct = () -> {
            while (!stop.get()) {
                runtime.yieldNow().await();
            }
            return null;
        };
        List<Task<Object>> endless = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 2 * SchedulerFixture.PROCESSORS; i++) {
            endless.add(runtime.spawn(direct));
            endless.add(runtime.spawn(yieldingUntil(stop)));
        }

        for (int i = 0; i < 100; i++) {
            assertThat(Eventually.value(runtime.spawn(() -> 1))).isEqualTo(1);
            assertThat(Eventually.value(runtime.spawn(Pollable.ready(2)))).isEqualTo(2);
        }
        stop.set(true);
        for (Task<Object> task : endless) {
            Eventually.value(task);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 0})
    default void thousands_of_direct_tasks_yield_on_few_threads(int maxThreads) throws Exception {
        AsyncRuntime runtime = maxThreads == 0 ? fixture().runtime() : fixture().runtime(maxThreads);
        List<Task<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            tasks.add(runtime.spawn(() -> {
                runtime.yieldNow().await();
                runtime.yieldNow().await();
                return null;
            }));
        }
        for (Task<Object> task : tasks) {
            Eventually.value(task);
        }
    }

    private static Pollable<Object> yieldingUntil(AtomicBoolean stop) {
        return waker -> {
            if (stop.get()) {
                return Poll.ready(null);
            }
            waker.wake();
            return Poll.pending();
        };
    }

    @Test
    default void two_direct_tasks_that_yield_to_each_other_take_turns() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        AtomicReference<String> turn = new AtomicReference<>("first");
        Task<Integer> first = runtime.spawn(() -> takeTurns(runtime, turn, "first", "second"));
        Task<Integer> second = runtime.spawn(() -> takeTurns(runtime, turn, "second", "first"));

        Eventually.until("both end", () -> first.isDone() && second.isDone());
        assertThat(first.await() + second.await()).isEqualTo(40);
    }

    private static int takeTurns(AsyncRuntime runtime, AtomicReference<String> turn, String mine, String others)
            throws Exception {
        int turns = 0;
        while (turns < 20) {
            if (turn.compareAndSet(mine, others)) {
                turns++;
            } else {
                runtime.yieldNow().await();
            }
        }
        return turns;
    }
}
