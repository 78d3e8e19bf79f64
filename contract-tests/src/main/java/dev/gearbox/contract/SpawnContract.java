package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.RuntimeStatistics;
import dev.gearbox.Task;
import dev.gearbox.TaskInfo;
import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeCore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks in all styles: their values, failures, names and listings. */
interface SpawnContract extends RuntimeUser {
    @Test
    default void tasks_of_every_style_end_with_their_value() throws Exception {
        AsyncRuntime runtime = fixture().runtime();

        assertThat(Eventually.value(runtime.spawn(() -> 1))).isEqualTo(1);
        assertThat(runtime.spawnBlocking(() -> 2).await()).isEqualTo(2);
        assertThat(runtime.spawn(Pollable.ready(3)).await()).isEqualTo(3);
        assertThat(runtime.task().spawn(() -> 4).await()).isEqualTo(4);
        assertThat(runtime.task().interruptible().spawnBlocking(() -> 5).await()).isEqualTo(5);
        assertThat(runtime.<String>spawn(() -> null).await()).isNull();
        int seven = runtime.blockOn(Pollable.ready(6).map(six -> six + 1));
        assertThat(seven).isEqualTo(7);
    }

    @Test
    default void a_failure_arrives_at_the_handle_as_it_was_thrown_each_time_it_is_asked_for() {
        AsyncRuntime runtime = fixture().runtime();
        for (Throwable failure : List.of(new IOException("planted"), new AssertionError("planted"))) {
            Callable<Object> body = () -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (Exception) failure;
            };
            Pollable<Object> polled = waker -> {
                body.call();
                throw new IllegalStateException("not reached");
            };
            for (Task<Object> task :
                    List.of(runtime.spawn(body), runtime.spawnBlocking(body), runtime.spawn(polled))) {
                assertThatThrownBy(task::await).isSameAs(failure);
                assertThatThrownBy(task::await).isSameAs(failure);
                assertThat(task.isDone()).isTrue();
                assertThat(task.isCancelled()).isFalse();
            }
        }
    }

    @Test
    default void many_tasks_spawned_from_outside_and_inside_all_end() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Callable<Integer> parent = () -> {
            List<Task<Integer>> children = IntStream.range(0, 100)
                    .mapToObj(i -> i % 2 == 0 ? runtime.spawn(() -> i) : runtime.spawn(Pollable.ready(i)))
                    .toList();
            int sum = 0;
            for (Task<Integer> child : children) {
                sum += child.await();
            }
            return sum;
        };
        List<Task<Integer>> parents =
                IntStream.range(0, 50).mapToObj(i -> runtime.spawn(parent)).toList();

        for (Task<Integer> task : parents) {
            assertThat(Eventually.value(task)).isEqualTo(4_950);
        }
    }

    @Test
    default void a_pollable_is_polled_by_its_task_only_and_not_again_after_its_end() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Probe<String> probe = Probe.pending();
        assertThat(probe.polls()).isZero();
        Task<String> task = runtime.spawn(probe);
        Eventually.until("the first poll", () -> probe.polls() == 1);

        probe.complete("done");
        assertThat(task.await()).isEqualTo("done");
        probe.wake();
        runtime.spawn(() -> null).await();

        assertThat(probe.polls()).isEqualTo(2);
        assertThat(probe.closes()).isZero();
        assertThat(probe.wasDoubled()).isFalse();
    }

    @Test
    default void closing_the_handle_lets_the_task_go_on() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        CountDownLatch release = fixture().schedulers.latch();
        CountDownLatch ended = new CountDownLatch(2);
        Probe<String> probe = Probe.pending();

        runtime.spawn(() -> {
                    Eventually.open("the release", release);
                    ended.countDown();
                    return null;
                })
                .close();
        runtime.spawn(probe.map(value -> {
                    ended.countDown();
                    return value;
                }))
                .close();
        Eventually.until("the poll", () -> probe.polls() == 1);
        release.countDown();
        probe.complete("done");

        Eventually.open("the end of both tasks", ended);
        assertThat(probe.closes()).isZero();
    }

    @Test
    default void any_number_of_threads_and_tasks_may_wait_for_one_task() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Probe<String> probe = Probe.pending();
        Task<String> task = runtime.spawn(probe);
        AtomicInteger seen = new AtomicInteger();
        List<Task<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(i % 2 == 0 ? runtime.spawn(task.map(value -> value)) : runtime.spawn(() -> task.await()));
        }
        for (int i = 0; i < 4; i++) {
            fixture().schedulers.start(() -> {
                try {
                    task.await();
                    seen.incrementAndGet();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }

        Eventually.until("the poll", () -> probe.polls() == 1);
        probe.complete("seen");

        for (Task<String> one : waiting) {
            assertThat(one.await()).isEqualTo("seen");
        }
        fixture().schedulers.join();
        assertThat(seen).hasValue(4);
    }

    @Test
    default void tasks_have_names_and_numbers_of_their_own() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Task<Integer> named = runtime.task().name("reader").spawn(() -> 1);
        Task<Integer> first = runtime.spawn(() -> 1);
        Task<Integer> second = runtime.spawn(() -> 1);

        assertThat(named.name()).isEqualTo("reader");
        assertThat(named.info().name()).isEqualTo("reader");
        assertThat(first.name()).isEqualTo("task-" + first.id());
        assertThat(List.of(named.id(), first.id(), second.id())).doesNotHaveDuplicates();
        named.await();
        assertThat(named.info().state()).isEqualTo(TaskInfo.State.DONE);
    }

    @Test
    default void listings_show_live_tasks_with_owner_and_state() throws Exception {
        RuntimeCore core = fixture().neutral();
        OwnedRuntime mine = core.owner("mine");
        OwnedRuntime others = core.owner("others");
        CountDownLatch release = fixture().schedulers.latch();
        Task<Object> running = mine.task().name("running").spawn(() -> {
            Eventually.open("the release", release);
            return null;
        });
        Probe<Object> probe = Probe.pending();
        Task<Object> waiting = mine.spawn(probe);
        Task<Object> other = others.spawn(Pollable.never());
        assertThat(mine.tasks()).extracting(TaskInfo::state).containsOnly(TaskInfo.State.QUEUED);

        core.addScheduler(1, 0, fixture().schedulers.scheduler());
        Eventually.until("one runs", () -> running.info().state() == TaskInfo.State.RUNNING);
        Eventually.until("one waits", () -> waiting.info().state() == TaskInfo.State.WAITING);

        assertThat(mine.tasks()).hasSize(2).allMatch(info -> info.owner().equals("mine"));
        assertThat(mine.tasks()).extracting(TaskInfo::id).containsExactlyInAnyOrder(running.id(), waiting.id());
        assertThat(core.admin().tasks())
                .extracting(TaskInfo::id)
                .containsExactlyInAnyOrder(running.id(), waiting.id(), other.id());
        release.countDown();
        probe.complete(null);
        running.await();
        waiting.await();
        assertThat(mine.tasks()).isEmpty();
    }

    @Test
    default void the_counts_of_the_runtime_add_up() throws Exception {
        RuntimeCore core = fixture().on(fixture().schedulers.scheduler(), it -> it);
        OwnedRuntime runtime = core.owner("contract");
        for (int i = 0; i < 30; i++) {
            runtime.spawn(() -> 1).await();
            assertThatThrownBy(runtime.spawn(Pollable.failed(new IOException("planted")))::await)
                    .isInstanceOf(IOException.class);
        }
        for (int i = 0; i < 10; i++) {
            Task<Object> cancelled = runtime.spawn(Pollable.never());
            cancelled.cancel();
            Eventually.until("the end of a cancelled task", cancelled::isDone);
        }
        Task<Object> pending = runtime.spawn(Pollable.never());

        RuntimeStatistics counts = core.admin().statistics();
        assertThat(counts.spawned()).isEqualTo(71);
        assertThat(counts.completed()).isEqualTo(30);
        assertThat(counts.failed()).isEqualTo(30);
        assertThat(counts.cancelled()).isEqualTo(10);
        assertThat(counts.pending()).isEqualTo(1);
        assertThat(counts.refused()).isZero();
        pending.cancel();
    }

    @Test
    default void bad_arguments_fail_at_once() {
        AsyncRuntime runtime = fixture().runtime();
        assertThatNullPointerException().isThrownBy(() -> runtime.spawn((Callable<Object>) null));
        assertThatNullPointerException().isThrownBy(() -> runtime.spawn((Pollable<Object>) null));
        assertThatNullPointerException().isThrownBy(() -> runtime.spawnBlocking(null));
        assertThatNullPointerException().isThrownBy(() -> runtime.task().name(null));
        assertThatNullPointerException().isThrownBy(() -> runtime.sleep(null));
        assertThatThrownBy(() -> runtime.task().interruptible().spawn(Pollable.never()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interruptible");
    }
}
