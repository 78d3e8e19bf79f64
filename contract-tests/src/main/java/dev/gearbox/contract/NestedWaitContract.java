package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Tasks on top of the stack of a task that waits, and waits inside waits. */
interface NestedWaitContract extends RuntimeUser {
    @Test
    default void a_chain_of_tasks_that_wait_for_each_other_longer_than_the_cap_ends() throws Exception {
        AsyncRuntime runtime = fixture().runtime(2);
        assertThat(Eventually.value(runtime.spawn(() -> depth(runtime, 50)))).isEqualTo(50);
    }

    private static int depth(AsyncRuntime runtime, int more) throws Exception {
        return more == 0 ? 0 : 1 + runtime.spawn(() -> depth(runtime, more - 1)).await();
    }

    @Test
    default void interrupting_a_task_that_waits_spares_the_task_on_top_of_its_stack() throws Exception {
        AsyncRuntime runtime = fixture().runtime(1);
        Probe<Object> probe = Probe.pending();
        CountDownLatch release = fixture().schedulers.latch();
        CountDownLatch onTop = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Task<Object> waiting = runtime.task().interruptible().spawn(() -> probe.await());
        Eventually.until("it waits", () -> probe.polls() == 1);
        Task<Object> above = runtime.spawn(() -> {
            onTop.countDown();
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
            interrupted.set(Thread.currentThread().isInterrupted());
            return null;
        });
        Eventually.open("another runs on top of it", onTop);

        waiting.cancel();
        release.countDown();

        Eventually.value(above);
        assertThatThrownBy(waiting::await).isInstanceOf(CancellationException.class);
        assertThat(interrupted).isFalse();
    }

    @Test
    default void a_wait_goes_on_to_notice_cancellation_after_another_wait_inside_its_poll() {
        AsyncRuntime runtime = fixture().runtime();
        Probe<Object> outer = Probe.pending();
        Pollable<Object> waitsInside = waker -> {
            Pollable.yieldNow().await();
            return outer.poll(waker);
        };
        Task<Object> task = runtime.spawn(() -> waitsInside.await());
        Eventually.until("the first poll", () -> outer.polls() == 1);
        outer.wake();
        Eventually.until("the second poll", () -> outer.polls() == 2);

        task.cancel();

        Eventually.until("the cancellation is noticed", task::isDone);
        assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
    }
}
