package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Task;
import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeCore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Cancelling: what has not started never runs, what waits ends there, what works ends at its next wait. */
interface CancellationContract extends RuntimeUser {
    Duration LONG = Duration.ofDays(1);

    @Test
    default void a_task_that_was_cancelled_before_it_started_never_runs() {
        RuntimeCore core = fixture().neutral();
        OwnedRuntime runtime = core.owner("contract");
        AtomicInteger ran = new AtomicInteger();
        Probe<Object> probe = Probe.pending();
        List<Task<?>> tasks = List.of(
                runtime.spawn(() -> ran.incrementAndGet()),
                runtime.spawnBlocking(() -> ran.incrementAndGet()),
                runtime.task().interruptible().spawn(() -> ran.incrementAndGet()),
                runtime.spawn(probe));

        assertThat(tasks).allMatch(Task::cancel);
        assertThat(tasks).noneMatch(Task::cancel).allMatch(Task::isCancelled);
        core.addScheduler(1, 0, fixture().schedulers.scheduler());

        for (Task<?> task : tasks) {
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class).hasMessageContaining(task.name());
        }
        assertThat(ran).hasValue(0);
        assertThat(probe.polls()).isZero();
        assertThat(probe.closes()).isEqualTo(1);
    }

    @Test
    default void a_polled_task_that_waits_is_closed_and_not_polled_again() {
        AsyncRuntime runtime = fixture().runtime();
        Probe<Object> probe = Probe.pending();
        Task<Object> task = runtime.spawn(probe);
        Eventually.until("the first poll", () -> probe.polls() == 1);

        assertThat(task.cancel()).isTrue();

        assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
        probe.complete("too late");
        assertThat(probe.polls()).isEqualTo(1);
        assertThat(probe.closes()).isEqualTo(1);
    }

    @Test
    default void a_direct_task_that_waits_gets_the_cancellation_there_and_closes_what_it_waited_for() {
        AsyncRuntime runtime = fixture().runtime();
        for (boolean interruptible : new boolean[] {false, true}) {
            Probe<Object> probe = Probe.pending();
            AtomicReference<Throwable> seen = new AtomicReference<>();
            Task<Object> task = (interruptible ? runtime.task().interruptible() : runtime.task()).spawn(() -> {
                try {
                    return probe.await();
                } catch (Throwable thrown) {
                    seen.set(thrown);
                    throw thrown;
                }
            });
            Eventually.until("it waits", () -> probe.polls() == 1);

            task.cancel();

            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(seen.get()).isInstanceOfAny(CancellationException.class, InterruptedException.class);
            assertThat(probe.closes()).isEqualTo(1);
        }
    }

    @Test
    default void a_direct_task_that_sleeps_gets_the_cancellation_there() {
        AsyncRuntime runtime = fixture().runtime();
        CountDownLatch begun = new CountDownLatch(1);
        Task<Object> task = runtime.spawn(() -> {
            begun.countDown();
            return runtime.sleep(LONG).await();
        });
        Eventually.open("it has begun", begun);

        task.cancel();

        assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
    }

    @Test
    default void a_direct_task_at_work_gets_the_cancellation_at_its_next_wait_and_no_interrupt() {
        AsyncRuntime runtime = fixture().runtime();
        CountDownLatch release = fixture().schedulers.latch();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Probe<Object> probe = Probe.pending();
        Task<Object> task = runtime.spawn(() -> {
            begun.countDown();
            Eventually.open("the release", release);
            interrupted.set(Thread.currentThread().isInterrupted());
            return probe.await();
        });
        Eventually.open("it has begun", begun);

        assertThat(task.cancel()).isTrue();
        assertThat(task.isDone()).isFalse();
        release.countDown();

        assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
        assertThat(interrupted).isFalse();
        assertThat(probe.polls()).as("polls of what a cancelled task wants to wait for").isZero();
        assertThat(probe.closes()).isEqualTo(1);
    }

    @Test
    default void a_direct_task_that_never_waits_ends_with_its_value_although_it_was_cancelled() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        CountDownLatch release = fixture().schedulers.latch();
        CountDownLatch begun = new CountDownLatch(1);
        Task<Integer> task = runtime.spawn(() -> {
            begun.countDown();
            Eventually.open("the release", release);
            return 7;
        });
        Eventually.open("it has begun", begun);

        task.cancel();
        release.countDown();

        assertThat(task.await()).isEqualTo(7);
        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    default void only_an_interruptible_task_is_interrupted() {
        AsyncRuntime runtime = fixture().runtime();
        CountDownLatch never = fixture().schedulers.latch();
        CountDownLatch begun = new CountDownLatch(2);
        AtomicInteger interrupted = new AtomicInteger();
        List<Task<Object>> tasks = List.of(
                runtime.task().interruptible().spawn(() -> blockAt(never, begun, interrupted)),
                runtime.task().interruptible().spawnBlocking(() -> blockAt(never, begun, interrupted)));
        Eventually.open("both have begun", begun);

        tasks.forEach(Task::cancel);

        for (Task<Object> task : tasks) {
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
        }
        assertThat(interrupted).hasValue(2);
    }

    private static Object blockAt(CountDownLatch latch, CountDownLatch begun, AtomicInteger interrupted)
            throws InterruptedException {
        begun.countDown();
        try {
            latch.await();
            return null;
        } catch (InterruptedException expected) {
            interrupted.incrementAndGet();
            throw expected;
        }
    }

    @Test
    default void an_interrupt_does_not_reach_the_next_task_on_the_thread() throws Exception {
        AsyncRuntime runtime = fixture().runtime(1);
        for (int i = 0; i < 200; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            Task<Object> victim = runtime.task().interruptible().spawn(() -> {
                begun.countDown();
                return null;
            });
            Task<Boolean> next = runtime.spawn(() -> Thread.currentThread().isInterrupted());
            Eventually.open("it has begun", begun);
            victim.cancel();
            assertThat(next.await()).isFalse();
        }
    }

    @Test
    default void a_task_may_cancel_itself() {
        AsyncRuntime runtime = fixture().runtime();
        AtomicReference<Task<Object>> self = new AtomicReference<>();
        CountDownLatch known = fixture().schedulers.latch();
        self.set(runtime.spawn(() -> {
            Eventually.open("its own handle", known);
            self.get().cancel();
            return runtime.sleep(LONG).await();
        }));
        known.countDown();

        assertThatThrownBy(self.get()::await).isInstanceOf(CancellationException.class);
    }

    @Test
    default void cancelling_a_task_that_has_ended_changes_nothing() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Task<Integer> task = runtime.spawn(() -> 1);
        task.await();

        assertThat(task.cancel()).isFalse();
        assertThat(task.isCancelled()).isFalse();
        assertThat(task.await()).isEqualTo(1);
    }

    @Test
    default void cancelling_a_task_that_waits_for_another_does_not_cancel_that() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Probe<String> probe = Probe.pending();
        Task<String> awaited = runtime.spawn(probe);
        CountDownLatch begun = new CountDownLatch(1);
        Task<String> waiting = runtime.spawn(() -> {
            begun.countDown();
            return awaited.await();
        });
        Eventually.open("it has begun", begun);
        Eventually.until("the poll", () -> probe.polls() == 1);

        waiting.cancel();
        assertThatThrownBy(waiting::await).isInstanceOf(CancellationException.class);
        probe.complete("in peace");

        assertThat(awaited.await()).isEqualTo("in peace");
        assertThat(probe.closes()).isZero();
    }

    @Test
    default void cancellations_and_ends_race_without_harm() throws Exception {
        // hunts a task that is both closed and ready, or neither
        AsyncRuntime runtime = fixture().runtime();
        for (int i = 0; i < 2_000; i++) {
            Probe<Integer> probe = Probe.pending();
            Task<Integer> task = runtime.spawn(probe);
            Task<Object> canceller = runtime.spawn(() -> task.cancel());
            probe.complete(i);
            try {
                assertThat(task.await()).isEqualTo(i);
                assertThat(probe.closes()).isZero();
            } catch (CancellationException cancelled) {
                assertThat(probe.closes()).isEqualTo(1);
            }
            canceller.await();
            assertThat(probe.wasDoubled()).isFalse();
        }
    }
}
