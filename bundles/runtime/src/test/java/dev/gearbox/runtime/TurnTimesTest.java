package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.DurationHistogram;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.RuntimeStatistics;
import dev.gearbox.Task;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time in queue and time in poll, of a sample of turns. */
@Timeout(30)
class TurnTimesTest {
    private final RuntimeCore core = new RuntimeCore();
    private final OwnedRuntime runtime = core.owner("test");
    private final PoolScheduler scheduler = new PoolScheduler("pool", 1);

    @AfterEach
    void close() {
        core.close();
        scheduler.close();
    }

    private RuntimeStatistics statistics() {
        return core.admin().statistics();
    }

    private DurationHistogram timesInPoll(long expected) throws InterruptedException {
        Eventually.until("polls are counted", () -> statistics().timeInPoll().count() == expected);
        return statistics().timeInPoll();
    }

    @Test
    void one_of_256_tasks_is_measured_from_its_spawn() throws Exception {
        core.addScheduler(1, 0, scheduler);
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 25_600; i++) {
            tasks.add(runtime.spawn(() -> 1));
        }
        for (Task<Integer> task : tasks) {
            task.await();
        }
        timesInPoll(100);
        assertThat(statistics().timeInQueue().count()).isEqualTo(100);
    }

    @Test
    void time_in_neutral_gear_is_time_in_queue() throws Exception {
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            tasks.add(runtime.spawn(() -> 1));
        }
        long start = System.nanoTime();
        LockSupport.parkNanos(5_000_000);
        long waited = System.nanoTime() - start;
        core.addScheduler(1, 0, scheduler);
        for (Task<Integer> task : tasks) {
            task.await();
        }
        timesInPoll(1);
        assertThat(statistics().timeInQueue().max()).isGreaterThanOrEqualTo(Duration.ofNanos(waited - 1_000));
    }

    @Test
    void the_body_in_direct_style_is_one_poll() throws Exception {
        core.addScheduler(1, 0, scheduler);
        AtomicLong shortest = new AtomicLong(Long.MAX_VALUE);
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            tasks.add(runtime.spawn(() -> {
                long start = System.nanoTime();
                LockSupport.parkNanos(1_000_000);
                shortest.accumulateAndGet(System.nanoTime() - start, Math::min);
                return null;
            }));
        }
        for (Task<Void> task : tasks) {
            task.await();
        }
        assertThat(timesInPoll(1).max()).isGreaterThanOrEqualTo(Duration.ofNanos(shortest.get()));
    }

    @Test
    void one_of_256_wakes_of_a_task_is_measured() throws Exception {
        core.addScheduler(1, 0, scheduler);
        Turns body = new Turns();
        Task<Void> task = runtime.spawn(body);
        for (int turn = 1; turn <= 1_024; turn++) {
            int polled = turn;
            Eventually.until("polled " + turn + " times", () -> body.polls == polled && !isRunning(task));
            body.waker.wake();
        }
        timesInPoll(4);
        assertThat(statistics().timeInQueue().count()).isEqualTo(4);
    }

    @Test
    void of_the_turns_in_which_a_task_wakes_itself_one_of_4096_is_measured() throws Exception {
        core.addScheduler(1, 0, scheduler);
        Turns body = new Turns();
        body.selfWakes = 40_960;
        runtime.spawn(body);
        timesInPoll(10);
        Eventually.until("all turns are over", () -> body.selfWakes == 0);
        assertThat(statistics().timeInPoll().count()).isEqualTo(10);
    }

    private static boolean isRunning(Task<?> task) {
        return task.info().state() == TaskInfo.State.RUNNING;
    }

    /** Never ends, and is polled by one thread at a time. */
    private static final class Turns implements Pollable<Void> {
        private volatile int polls;
        private volatile int selfWakes;
        private volatile Waker waker;

        @Override
        public Poll<Void> poll(Waker waker) {
            this.waker = waker;
            polls = polls + 1;
            if (selfWakes > 0) {
                selfWakes = selfWakes - 1;
                waker.wake();
            }
            return Poll.pending();
        }
    }
}
