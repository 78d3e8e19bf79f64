package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeConfiguration;
import dev.gearbox.runtime.RuntimeCore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Tasks end with whom they belong to, and nobody has more of them than is admitted. */
interface OwnerContract extends RuntimeUser {
    @Test
    default void stopping_an_owner_cancels_its_tasks_and_no_others() throws Exception {
        RuntimeCore core = fixture().on(fixture().schedulers.scheduler(), it -> it);
        OwnedRuntime stopping = core.owner("stopping");
        OwnedRuntime staying = core.owner("staying");
        Probe<String> probe = Probe.pending();
        Task<String> other = staying.spawn(probe);
        List<Task<Object>> tasks = List.of(
                stopping.spawn(Pollable.never()),
                stopping.spawn(() -> Pollable.never().await()),
                stopping.spawnBlocking(() -> Pollable.never().await()),
                stopping.pinnedTo("absent").spawn(Pollable.never()));
        Eventually.until("the poll", () -> probe.polls() == 1);
        assertThat(stopping.tasks()).hasSize(4);

        stopping.close();

        for (Task<Object> task : tasks.subList(0, 3)) {
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
        }
        assertThat(tasks).allMatch(Task::isCancelled);
        probe.complete("goes on");
        assertThat(other.await()).isEqualTo("goes on");
        assertThat(staying.spawn(() -> 1).await()).isEqualTo(1);
    }

    @Test
    default void a_stopped_owner_can_start_nothing() {
        OwnedRuntime runtime = fixture().runtime();
        Callable<Object> body = () -> {
            throw new IllegalStateException("not to be run");
        };
        runtime.close();
        assertThatThrownBy(() -> runtime.spawn(body))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("contract")
                .hasMessageContaining("stopped");
        assertThatThrownBy(() -> runtime.spawnBlocking(body)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> runtime.spawn(Pollable.never())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> runtime.sleep(CancellationContract.LONG)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> runtime.blockOn(Pollable.ready(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void an_owner_has_no_more_live_tasks_than_its_limit_which_the_refusal_names() {
        assertLimit(new RuntimeConfiguration(1_000, 10, null), 10, "maxTasksPerBundle", "contract");
    }

    @Test
    default void a_runtime_has_no_more_live_tasks_than_its_limit_which_the_refusal_names() {
        assertLimit(new RuntimeConfiguration(10, 1_000, null), 10, "maxTasks", "runtime");
    }

    private void assertLimit(RuntimeConfiguration configuration, int limit, String property, String who) {
        RuntimeCore core = fixture().neutral(configuration);
        core.addScheduler(1, 0, fixture().schedulers.scheduler());
        OwnedRuntime runtime = core.owner("contract");
        List<Task<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < limit; i++) {
            tasks.add(runtime.spawn(Pollable.never()));
        }
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> runtime.spawn(Pollable.never()))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining(String.valueOf(limit))
                    .hasMessageContaining(property)
                    .hasMessageContaining(who);
        }
        assertThat(core.admin().statistics().refused()).isEqualTo(3);

        for (Task<Object> task : tasks) {
            task.cancel();
            Eventually.until("the end of a cancelled task", task::isDone);
            Task<Object> next = runtime.spawn(Pollable.never());
            assertThatThrownBy(() -> runtime.spawn(Pollable.never())).isInstanceOf(RejectedExecutionException.class);
            assertThat(next.isDone()).isFalse();
        }
    }

    @Test
    default void closing_the_runtime_fails_all_who_wait_with_a_clear_message() {
        RuntimeCore core = fixture().on(fixture().schedulers.scheduler(), it -> it);
        OwnedRuntime runtime = core.owner("contract");
        Task<Object> task = runtime.spawn(Pollable.never());
        Task<Object> held = runtime.pinnedTo("absent").spawn(Pollable.never());
        List<AtomicReference<Throwable>> failures = List.of(
                failureOf(task::await), failureOf(held::await), failureOf(() -> runtime.sleep(CancellationContract.LONG)
                        .await()));
        Eventually.until("the sleep is armed", () -> core.admin().timers().orElseThrow().armed() == 1);

        core.close();

        for (AtomicReference<Throwable> failure : failures) {
            Eventually.until("a waiter fails", () -> failure.get() != null);
            assertThat(failure.get())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("runtime has stopped");
        }
    }

    /** Waits on a thread of its own; the failure appears in the reference. */
    private AtomicReference<Throwable> failureOf(Callable<?> wait) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = fixture().schedulers.start(() -> {
            begun.countDown();
            try {
                wait.call();
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        });
        Eventually.open("a waiter has begun", begun);
        Eventually.until("it waits", () -> thread.getState() != Thread.State.RUNNABLE || !thread.isAlive());
        return failure;
    }

    @Test
    default void whoever_waits_in_a_direct_task_of_a_closing_runtime_comes_through() {
        RuntimeCore core = fixture().on(fixture().schedulers.scheduler(), it -> it);
        OwnedRuntime runtime = core.owner("contract");
        Task<Object> sleeping = runtime.spawn(() -> runtime.sleep(CancellationContract.LONG).await());
        Eventually.until("the sleep is armed", () -> core.admin().timers().orElseThrow().armed() == 1);

        core.close();

        Eventually.until("the end of the task", sleeping::isDone);
        assertThatThrownBy(sleeping::await).isInstanceOf(IllegalStateException.class);
    }
}
