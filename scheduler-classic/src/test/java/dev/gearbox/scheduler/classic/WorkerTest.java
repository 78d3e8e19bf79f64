package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Gate;
import dev.gearbox.spi.WorkerThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order a worker takes what is queued, and what becomes of it while the worker is held up. */
@Timeout(120)
class WorkerTest {
    private ClassicScheduler scheduler;

    private void workers(int workers, int replacements, Duration keepAlive) {
        scheduler = new ClassicScheduler(Small.settings(workers, replacements, 4, keepAlive));
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void onWorker(Runnable body) {
        CountDownLatch done = new CountDownLatch(1);
        scheduler.execute(() -> {
            body.run();
            done.countDown();
        });
        Eventually.open("the run", done);
    }

    @Test
    void the_newest_goes_first_and_then_the_others_in_the_order_they_came() {
        workers(1, 0, Duration.ofSeconds(10));
        List<Integer> order = new CopyOnWriteArrayList<>();

        onWorker(() -> {
            for (int i = 1; i <= 5; i++) {
                int number = i;
                scheduler.execute(() -> order.add(number));
            }
        });
        Eventually.until("all run", () -> order.size() == 5);

        assertThat(order).containsExactly(5, 1, 2, 3, 4);
    }

    @Test
    void a_yield_goes_behind_what_waits_outside_and_that_keeps_its_order() {
        workers(1, 0, Duration.ofSeconds(10));
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<Runnable> yielding = new AtomicReference<>();
        yielding.set(() -> {
            order.add("yield");
            if (order.size() < 20) {
                scheduler.executeYielded(yielding.get());
            }
        });
        scheduler.execute(() -> {
            begun.countDown();
            Eventually.open("the release", release);
            scheduler.executeYielded(yielding.get());
        });
        Eventually.open("it has begun", begun);
        for (int i = 1; i <= 5; i++) {
            String name = "outside " + i;
            scheduler.execute(() -> order.add(name));
        }
        release.countDown();
        Eventually.until("all run", () -> order.size() == 20);

        assertThat(order.subList(0, 7))
                .containsExactly("outside 1", "outside 2", "outside 3", "outside 4", "outside 5", "yield", "yield");
    }

    @Test
    void the_slot_goes_before_the_queue_sixteen_times_in_a_row_and_no_more() {
        workers(1, 0, Duration.ofSeconds(10));
        AtomicInteger slotRuns = new AtomicInteger();
        AtomicInteger before = new AtomicInteger(-1);
        AtomicReference<Runnable> again = new AtomicReference<>();
        again.set(() -> {
            slotRuns.incrementAndGet();
            if (before.get() < 0) {
                scheduler.execute(again.get());
            }
        });

        onWorker(() -> {
            scheduler.executeYielded(() -> before.set(slotRuns.get()));
            scheduler.execute(again.get());
        });
        Eventually.until("the queued run runs", () -> before.get() >= 0);

        assertThat(before).hasValue(ClassicWorker.SLOT_RUNS);
    }

    @Test
    void a_run_in_the_slot_of_a_worker_that_blocks_without_a_word_is_taken_by_another() {
        // the waiting task would wait for ever, as the original's did
        workers(2, 0, Duration.ofSeconds(10));
        onWorker(() -> {
            CountDownLatch inner = new CountDownLatch(1);
            scheduler.execute(inner::countDown);
            Eventually.open("the run in the slot", inner);
        });
        assertThat(scheduler.statistics().monitorWakeUps()).isPositive();
    }

    @Test
    void a_worker_that_awaits_passes_its_queue_and_its_seat_on() {
        workers(1, 1, Duration.ofSeconds(10));
        Gate gate = new Gate();
        AtomicInteger others = new AtomicInteger();
        scheduler.execute(() -> {
            for (int i = 0; i < 400; i++) {
                scheduler.execute(others::incrementAndGet);
            }
            await(gate);
        });
        Eventually.until("others run meanwhile", () -> others.get() == 400);

        Eventually.until("it counts as blocked", () -> scheduler.statistics().blocked() == 1);
        assertThat(scheduler.statistics().handOvers()).isEqualTo(1);
        gate.open();
        Eventually.until("nobody blocks any more", () -> scheduler.statistics().blocked() == 0);
    }

    @Test
    void a_task_that_comes_back_from_a_wait_takes_a_seat_whose_thread_sleeps() {
        workers(1, 1, Duration.ofSeconds(10));
        Gate gate = new Gate();
        AtomicReference<Boolean> seated = new AtomicReference<>();
        scheduler.execute(() -> {
            await(gate);
            seated.set(((ClassicWorker) Thread.currentThread()).isSeatedAt(scheduler));
        });
        Eventually.until(
                "it waits, and its replacement sleeps",
                () -> scheduler.statistics().blocked() == 1 && scheduler.roles.sleeping() == 1);

        gate.open();
        Eventually.until("it has come back", () -> seated.get() != null);

        assertThat(seated).hasValue(true);
    }

    @Test
    void a_task_that_comes_back_while_all_seats_are_busy_goes_on_without() {
        workers(1, 1, Duration.ofSeconds(10));
        Gate gate = new Gate();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        AtomicReference<Boolean> seated = new AtomicReference<>();
        AtomicInteger executed = new AtomicInteger();
        scheduler.execute(() -> {
            await(gate);
            scheduler.execute(executed::incrementAndGet);
            seated.set(((ClassicWorker) Thread.currentThread()).isSeatedAt(scheduler));
        });
        Eventually.until("it waits", () -> gate.waiting() == 1);
        scheduler.execute(() -> {
            busy.countDown();
            Eventually.open("the release", release);
        });
        Eventually.open("the seat is busy", busy);

        gate.open();
        Eventually.until("it has come back", () -> seated.get() != null);
        assertThat(seated).hasValue(false);
        assertThat(executed).hasValue(0);
        release.countDown();
        Eventually.until("what it executed runs", () -> executed.get() == 1);
    }

    @Test
    void spares_end_after_the_keep_alive_time() {
        workers(2, 30, Duration.ofMillis(50));
        Gate gate = new Gate();
        for (int i = 0; i < 20; i++) {
            scheduler.execute(() -> await(gate));
        }
        Eventually.until("all wait", () -> scheduler.statistics().blocked() == 20);
        assertThat(scheduler.statistics().threads()).isGreaterThan(20);

        gate.open();

        Eventually.until(
                () -> "only the workers are left: " + scheduler.statistics(),
                () -> scheduler.statistics().threads() == 2);
        assertThat(scheduler.roles.sparing()).isZero();
        assertThat(scheduler.hasReplacements()).isFalse();
    }

    @Test
    void everybody_asleep_counts_nobody_awake_or_searching() {
        workers(2, 2, Duration.ofSeconds(10));
        for (int i = 0; i < 1_000; i++) {
            scheduler.execute(() -> {});
        }
        Eventually.until(
                () -> "all sleep: " + scheduler.statistics(),
                () -> scheduler.roles.sleeping() == 2 && scheduler.statistics().queued() == 0);
        assertThat(scheduler.roles.awake()).isZero();
        assertThat(scheduler.roles.searching()).isZero();
    }

    @Test
    void a_sleeper_that_becomes_a_spare_without_being_woken_ends_too() {
        // it parked before there were spares, and so without a limit of time
        workers(2, 1, Duration.ofMillis(20));
        for (int i = 0; i < 10; i++) {
            Eventually.until(
                    () -> "only the workers are left, and sleep for as long as it takes: " + scheduler.statistics(),
                    () -> scheduler.statistics().threads() == 2
                            && scheduler.roles.sleeping() == 2
                            && !scheduler.roles.lane(0).timed
                            && !scheduler.roles.lane(1).timed);
            Gate gate = new Gate();
            scheduler.execute(() -> await(gate));
            Eventually.until(
                    () -> "it waits, all others sleep: " + scheduler.statistics(),
                    () -> scheduler.statistics().blocked() == 1 && scheduler.roles.sleeping() == 2);
            gate.open();
        }
        Eventually.until(
                () -> "only the workers are left: " + scheduler.statistics(),
                () -> scheduler.statistics().threads() == 2);
    }

    @Test
    void waits_inside_waits_at_the_limit_of_threads_lie_on_one_stack() {
        workers(1, 0, Duration.ofSeconds(10));
        CountDownLatch end = new CountDownLatch(1);
        scheduler.execute(() -> nest(ClassicWorker.MAX_DEPTH, end));
        Eventually.open("the innermost", end);
    }

    private void nest(int levels, CountDownLatch end) {
        if (levels == 0) {
            end.countDown();
            return;
        }
        Gate gate = new Gate();
        scheduler.execute(() -> {
            nest(levels - 1, end);
            gate.open();
        });
        await(gate);
    }

    @Test
    void workers_may_not_just_block_and_blocking_threads_may() {
        workers(1, 0, Duration.ofSeconds(10));
        onWorker(() -> assertThat(((WorkerThread) Thread.currentThread()).mayBlock()).isFalse());
        AtomicReference<Boolean> mayBlock = new AtomicReference<>();
        scheduler.executeBlocking(() -> mayBlock.set(((WorkerThread) Thread.currentThread()).mayBlock()));
        Eventually.until("the blocking run", () -> mayBlock.get() != null);
        assertThat(mayBlock).hasValue(true);
    }

    private static void await(Gate gate) {
        try {
            gate.passed().await();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
