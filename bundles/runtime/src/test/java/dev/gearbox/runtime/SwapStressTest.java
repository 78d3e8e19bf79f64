package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hunts for a run that is lost or doubled while the gear changes, closes and is refused. */
@Timeout(60)
class SwapStressTest {
    private static final int TASKS = 200;
    private static final int POLLS = 500;

    @Test
    void no_task_is_lost_or_doubled_while_the_gear_changes() throws Exception {
        Random random = new Random(42);
        AtomicInteger doubled = new AtomicInteger();
        try (RuntimeCore core = new RuntimeCore()) {
            AsyncRuntime runtime = core.owner("test");
            List<Task<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(runtime.spawn(new CountingPollable(doubled)));
            }
            long nextId = 1;
            PoolScheduler current = new PoolScheduler("first", 2);
            core.addScheduler(nextId, 0, current);
            while (!tasks.stream().allMatch(Task::isDone)) {
                PoolScheduler next = new PoolScheduler("pool-" + ++nextId, 1 + random.nextInt(2));
                switch (random.nextInt(3)) {
                    case 0 -> { // the new one outranks the old, which is closed afterwards
                        core.addScheduler(nextId, (int) nextId, next);
                        core.removeScheduler(nextId - 1);
                        current.close();
                    }
                    case 1 -> { // neutral gear in between
                        core.removeScheduler(nextId - 1);
                        current.close();
                        core.addScheduler(nextId, (int) nextId, next);
                    }
                    default -> { // closed while in gear: found out by its refusals
                        current.close();
                        core.addScheduler(nextId, (int) nextId, next);
                        core.removeScheduler(nextId - 1);
                    }
                }
                current = next;
            }
            for (Task<Integer> task : tasks) {
                assertThat(task.await(Duration.ofSeconds(20))).isEqualTo(POLLS);
            }
            assertThat(doubled).hasValue(0);
            assertThat(core.admin().statistics().completed()).isEqualTo(TASKS);
            assertThat(core.admin().statistics().pending()).isZero();
            current.close();
        }
    }

    /** Yields some hundred times and notices when two threads are inside. */
    private static final class CountingPollable implements Pollable<Integer> {
        private final AtomicInteger doubled;
        private final AtomicInteger inside = new AtomicInteger();
        private int polls;

        CountingPollable(AtomicInteger doubled) {
            this.doubled = doubled;
        }

        @Override
        public Poll<Integer> poll(Waker waker) {
            if (inside.getAndIncrement() != 0) {
                doubled.incrementAndGet();
            }
            polls++;
            boolean ready = polls == POLLS;
            if (!ready) {
                waker.wake();
            }
            inside.decrementAndGet();
            return ready ? Poll.ready(polls) : Poll.pending();
        }
    }

    @Test
    void neutral_gear_holds_work_and_runs_it_afterwards() throws Exception {
        try (RuntimeCore core = new RuntimeCore()) {
            Task<Integer> task = core.owner("test").spawn(() -> 7);
            assertThat(core.admin().inGear()).isEmpty();
            assertThat(core.admin().statistics().held()).isEqualTo(1);
            PoolScheduler scheduler = new PoolScheduler("pool", 1);
            core.addScheduler(1, 0, scheduler);
            assertThat(task.await(Duration.ofSeconds(20))).isEqualTo(7);
            assertThat(core.admin().inGear()).contains("pool");
            scheduler.close();
        }
    }

    @Test
    void when_the_runtime_stops_every_waiter_fails_with_a_clear_message() throws Exception {
        RuntimeCore core = new RuntimeCore();
        AsyncRuntime runtime = core.owner("test");
        Task<Integer> held = runtime.spawn(() -> 7);
        Task<Void> sleeping = runtime.spawn(runtime.sleep(Duration.ofDays(1)));
        core.close();
        for (Task<?> task : List.of(held, sleeping)) {
            assertThat(catchThrowable(() -> task.await(Duration.ofSeconds(20))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the Gearbox runtime has stopped");
        }
        assertThat(catchThrowable(() -> runtime.spawn(() -> 7)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the Gearbox runtime has stopped");
    }

    @Test
    void a_limit_refuses_with_its_name_and_lets_go_when_tasks_end() throws Exception {
        try (RuntimeCore core = new RuntimeCore(new RuntimeConfiguration(100, 10, null))) {
            AsyncRuntime runtime = core.owner("client");
            List<Task<Integer>> held = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                held.add(runtime.spawn(() -> 7));
            }
            assertThat(catchThrowable(() -> runtime.spawn(() -> 7)))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("client has 10 live tasks, which is its limit (maxTasksPerBundle of"
                            + " dev.gearbox.runtime)");
            assertThat(core.admin().statistics().refused()).isEqualTo(1);
            PoolScheduler scheduler = new PoolScheduler("pool", 1);
            core.addScheduler(1, 0, scheduler);
            for (Task<Integer> task : held) {
                task.await(Duration.ofSeconds(20));
            }
            assertThat(runtime.spawn(() -> 8).await(Duration.ofSeconds(20))).isEqualTo(8);
            scheduler.close();
        }
    }
}
