package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitersTest {
    private static final int WAITS = 300;

    private final Queue<WeakReference<Waker>> wakers = new ConcurrentLinkedQueue<>();

    /** Loses nobody's race against a task that goes on, and takes note of who waits. */
    private Pollable<Integer> raceAgainst(Task<Integer> task) {
        return Pollable.race(List.<Pollable<Integer>>of(task, waker -> {
            wakers.add(new WeakReference<>(waker));
            return Poll.ready(0);
        }));
    }

    private void awaitThatFewAreKept() {
        while (wakers.stream().filter(waker -> waker.get() != null).count() > WAITS / 10) {
            System.gc();
            Thread.yield();
        }
    }

    @Test
    void a_task_that_goes_on_lets_go_of_threads_that_wait_no_more() throws Exception {
        try (RuntimeCore core = new RuntimeCore()) {
            Task<Integer> goesOn = core.owner("test").spawn(Pollable.never());
            for (int i = 0; i < WAITS; i++) {
                raceAgainst(goesOn).await();
            }
            awaitThatFewAreKept();
            assertThat(goesOn.isDone()).isFalse();
        }
    }

    @Test
    void a_task_that_goes_on_lets_go_of_tasks_that_have_ended() throws Exception {
        try (PoolScheduler scheduler = new PoolScheduler("pool", 1);
                RuntimeCore core = new RuntimeCore()) {
            core.addScheduler(1, 0, scheduler);
            OwnedRuntime runtime = core.owner("test");
            Task<Integer> goesOn = runtime.spawn(Pollable.never());
            for (int i = 0; i < WAITS; i++) {
                runtime.<Integer>spawn(raceAgainst(goesOn)).await();
            }
            awaitThatFewAreKept();
            assertThat(goesOn.isDone()).isFalse();
        }
    }

    @Test
    void pruning_keeps_those_who_wait() throws Exception {
        try (PoolScheduler scheduler = new PoolScheduler("pool", 2);
                RuntimeCore core = new RuntimeCore()) {
            core.addScheduler(1, 0, scheduler);
            OwnedRuntime runtime = core.owner("test");
            Task<Integer> awaited = runtime.pinnedTo("absent").spawn(() -> 1);
            List<Task<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < WAITS; i++) {
                waiting.add(runtime.spawn(awaited.map(value -> value + 1)));
                raceAgainst(awaited).await();
            }
            try (PoolScheduler absent = new PoolScheduler("absent", 1)) {
                core.addScheduler(2, -1, absent);
                for (Task<Integer> one : waiting) {
                    assertThat(one.await()).isEqualTo(2);
                }
            }
        }
    }
}
