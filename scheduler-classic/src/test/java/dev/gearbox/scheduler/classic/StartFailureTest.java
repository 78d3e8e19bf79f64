package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Gate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the system gives no more threads, what was accepted is run by those that are there. */
@Timeout(120)
class StartFailureTest {
    private final AtomicInteger allowed = new AtomicInteger();
    private final Consumer<Thread> starter = thread -> {
        if (allowed.getAndDecrement() <= 0) {
            throw new OutOfMemoryError("unable to create native thread (planted)");
        }
        thread.start();
    };
    private ClassicScheduler scheduler;

    private void scheduler(int workers, int threadsToBeHad) {
        allowed.set(threadsToBeHad);
        scheduler = new ClassicScheduler(Small.settings(workers, 4, 4, Duration.ofSeconds(10)), starter);
    }

    @AfterEach
    void close() {
        if (scheduler != null) {
            scheduler.close();
        }
    }

    @Test
    void without_a_single_thread_there_is_no_scheduler() {
        assertThatThrownBy(() -> scheduler(2, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void one_worker_does_the_work_of_all() {
        scheduler(4, 1);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            scheduler.execute(ran::incrementAndGet);
        }
        Eventually.until("all run", () -> ran.get() == 1_000);
        assertThat(scheduler.statistics().startFailures()).isPositive();
    }

    @Test
    void seats_that_stayed_vacant_are_filled_once_threads_are_to_be_had_again() {
        scheduler(2, 1);
        allowed.set(100);
        Eventually.until("a second worker", () -> {
            CountDownLatch done = new CountDownLatch(1);
            scheduler.execute(() -> {
                scheduler.execute(() -> {});
                scheduler.execute(() -> {});
                done.countDown();
            });
            Eventually.open("the run", done);
            return scheduler.statistics().threads() == 2;
        });
    }

    @Test
    void blocking_runs_are_run_by_the_workers_if_there_is_no_thread_for_them() {
        scheduler(1, 1);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            scheduler.executeBlocking(ran::incrementAndGet);
        }
        Eventually.until("all run", () -> ran.get() == 100);
        assertThat(scheduler.blocking.threads()).isZero();
    }

    @Test
    void a_blocking_run_is_run_by_the_workers_if_the_only_blocking_thread_awaits_it() {
        scheduler(1, 2);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        CountDownLatch through = new CountDownLatch(1);
        Gate gate = new Gate();
        scheduler.executeBlocking(() -> {
            begun.countDown();
            Eventually.open("the other is queued", queued);
            try {
                gate.passed().await();
                through.countDown();
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        });
        Eventually.open("it has begun", begun);
        scheduler.executeBlocking(gate::open);
        assertThat(scheduler.blocking.queued()).as("since no thread was to be had").isEqualTo(1);
        queued.countDown();

        Eventually.open("it has come through", through);
    }

    @Test
    void a_task_that_awaits_works_on_its_own_stack_if_there_is_no_replacement() {
        scheduler(1, 1);
        Gate gate = new Gate();
        CountDownLatch through = new CountDownLatch(1);
        scheduler.execute(() -> {
            try {
                gate.passed().await();
                through.countDown();
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        });
        Eventually.until("it waits", () -> gate.waiting() == 1);

        scheduler.execute(gate::open);

        Eventually.open("it has come through", through);
    }

    @Test
    void a_renewal_without_threads_keeps_the_old_one_and_is_made_up_for_later() {
        scheduler(1, 1);
        Thread old = runningThread();
        scheduler.renewThreads();
        assertThat(runningThread()).isSameAs(old);

        allowed.set(100);
        Eventually.until("the old thread is replaced", () -> runningThread() != old);
        Eventually.until("the old thread ends", () -> !old.isAlive());
    }

    private Thread runningThread() {
        Thread[] thread = new Thread[1];
        CountDownLatch ran = new CountDownLatch(1);
        scheduler.execute(() -> {
            thread[0] = Thread.currentThread();
            ran.countDown();
        });
        Eventually.open("a run", ran);
        return thread[0];
    }
}
