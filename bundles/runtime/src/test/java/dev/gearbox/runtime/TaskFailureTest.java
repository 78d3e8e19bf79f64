package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.RuntimeStatistics;
import dev.gearbox.Task;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskFailureTest {
    @Test
    void an_interruptible_task_that_is_cancelled_counts_as_cancelled_whatever_its_blocking_call_throws() throws Exception {
        try (PoolScheduler scheduler = new PoolScheduler("pool", 1); RuntimeCore core = new RuntimeCore()) {
            core.addScheduler(1, 0, scheduler);
            CountDownLatch inside = new CountDownLatch(1);
            Task<Void> task = core.owner("test").task().interruptible().spawn(() -> {
                inside.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new ClosedByInterruptException();
                }
                return null;
            });
            inside.await();
            task.cancel();
            assertThatThrownBy(task::await)
                    .isInstanceOf(CancellationException.class)
                    .hasCauseInstanceOf(ClosedByInterruptException.class);
            RuntimeStatistics statistics = core.admin().statistics();
            assertThat(statistics.cancelled()).isEqualTo(1);
            assertThat(statistics.failed()).isZero();
        }
    }

    /** Hunts: the end of the task takes the one waiter that is just giving up, and so thinks that somebody sees the failure. */
    @Test
    void a_failure_is_watched_when_its_only_waiter_gives_up_as_it_comes() throws Exception {
        TaskOutcomes outcomes = new TaskOutcomes();
        TaskTable table =
                new TaskTable("owner", new Admission(null, "owner", "maxTasks", 1_000_000), new AtomicLong(), outcomes);
        SchedulerSwitch home = new SchedulerSwitch(refused -> {});
        List<TaskCell<?>> kept = new ArrayList<>(); // so that none is garbage and reported
        Random random = new Random(5);
        CyclicBarrier together = new CyclicBarrier(2);
        Exception failure = new Exception("expected in this test");
        Callable<Void> failing = () -> {
            throw failure;
        };
        int rounds = 20_000;
        TaskCell<?>[] next = new TaskCell<?>[1];
        Thread runner = new Thread(() -> {
            try {
                for (int i = 0; i < rounds; i++) {
                    together.await();
                    next[0].run();
                    together.await();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        runner.start();
        for (int i = 0; i < rounds; i++) {
            TaskCell<?> task = new TaskCell<>(home, null, failing, TaskCell.DIRECT);
            table.add(task, table::trim);
            kept.add(task);
            next[0] = task;
            int before = outcomes.unobserved.watched();
            Duration patience = Duration.ofNanos(random.nextInt(3_000));
            together.await();
            boolean seen = false;
            try {
                task.await(patience);
            } catch (TimeoutException givenUp) {
                assertThat(givenUp).isNotNull();
            } catch (Exception e) {
                seen = e == failure;
            }
            together.await();
            assertThat(seen || outcomes.unobserved.watched() == before + 1).as("round %s: seen or watched", i).isTrue();
            assertThatThrownBy(task::await).isSameAs(failure); // so that none is logged
        }
        runner.join();
        outcomes.unobserved.close();
    }
}
