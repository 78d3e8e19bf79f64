package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.RuntimeStatistics;
import dev.gearbox.Task;
import dev.gearbox.runtime.OwnedRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What runs next is decided by the seed and nothing else, and time passes only when nothing can run. */
class SeededSimulationTest {
    @Test
    void the_same_seed_gives_the_same_order() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(order(seed)).isEqualTo(order(seed));
            assertThat(history(seed)).isEqualTo(history(seed));
        }
    }

    @Test
    void different_seeds_give_different_orders() {
        Set<List<Integer>> orders = new HashSet<>();
        Set<List<String>> histories = new HashSet<>();
        for (long seed = 1; seed <= 20; seed++) {
            orders.add(order(seed));
            histories.add(history(seed));
        }
        assertThat(orders).hasSize(20);
        assertThat(histories).hasSize(20);
    }

    private static List<Integer> order(long seed) {
        SeededScheduler scheduler = new SeededScheduler(seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            scheduler.execute(() -> order.add(number));
        }
        assertThat(order).isEmpty();
        assertThat(scheduler.runUntilIdle()).isEqualTo(20);
        return order;
    }

    private static List<String> history(long seed) {
        List<String> history = new ArrayList<>();
        SeededSimulation.run(seed, simulation -> {
            simulation.inGear();
            OwnedRuntime runtime = simulation.runtime();
            for (String name : List.of("a", "b", "c")) {
                runtime.spawn(() -> {
                    for (int i = 0; i < 4; i++) {
                        history.add(name + i);
                        runtime.sleep(Duration.ofSeconds(i % 2)).await();
                    }
                    return null;
                });
                runtime.spawn(Pollable.yieldNow().map(unused -> history.add(name + " polled")));
            }
            simulation.runToTheEnd();
        });
        return history;
    }

    @Test
    void a_seeded_scheduler_hands_back_refuses_and_runs_what_has_no_home() {
        SeededScheduler scheduler = new SeededScheduler(1);
        Ledger ledger = new Ledger();
        List<CountedRun> runs = ledger.empty(10);
        AtomicInteger plain = new AtomicInteger();
        runs.forEach(run -> run.submit(scheduler));
        scheduler.execute(plain::incrementAndGet);

        scheduler.handBack();
        assertThat(runs).allMatch(run -> run.handedBack() == 1);
        assertThat(scheduler.queued()).isEqualTo(1);
        scheduler.close();

        assertThat(plain).hasValue(1);
        assertThatThrownBy(() -> scheduler.execute(plain::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
        ledger.settle();
    }

    @Test
    void a_day_passes_at_once_and_in_order() {
        SeededSimulation.runSeeds(20, simulation -> {
            simulation.inGear();
            OwnedRuntime runtime = simulation.runtime();
            List<Integer> order = new ArrayList<>();
            for (int hour : new int[] {5, 24, 1, 12}) {
                runtime.spawn(runtime.sleep(Duration.ofHours(hour)).map(unused -> order.add(hour)));
            }
            simulation.runUntilIdle();
            simulation.timers().advance(Duration.ofHours(4));
            simulation.runUntilIdle();
            assertThat(order).containsExactly(1);
            long before = simulation.clock().nanoTime();
            runtime.sleep(Duration.ofHours(20)).await();
            assertThat(simulation.clock().nanoTime() - before)
                    .isEqualTo(Duration.ofHours(20).toNanos());
            simulation.runUntilIdle();
            assertThat(order).containsExactly(1, 5, 12, 24);
        });
    }

    @Test
    void a_failure_names_its_seed() {
        assertThatThrownBy(() -> SeededSimulation.run(4711, simulation -> {
                    throw new IllegalStateException("planted");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 4711")
                .hasRootCauseMessage("planted");
    }

    @Test
    void a_deadlock_is_a_failure() {
        assertThatThrownBy(() -> SeededSimulation.run(1, simulation -> {
                    simulation.inGear();
                    simulation.runtime().spawn(() -> Pollable.never().await()).await();
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("deadlock");
    }

    @Test
    void the_ledger_of_any_program_adds_up_and_no_timer_is_left() {
        Quietly.run(() -> SeededSimulation.runSeeds(300, SeededSimulationTest::playAnyProgram));
    }

    private static void playAnyProgram(SeededSimulation simulation) throws Exception {
        simulation.inGear();
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tasks.add(simulation.runtime().spawn(program(simulation, 3)));
        }
        Random random = simulation.random();
        for (int i = 0; i < 60; i++) {
            simulation.stepOrWait();
            if (random.nextInt(12) == 0) {
                tasks.get(random.nextInt(tasks.size())).cancel();
            }
        }
        simulation.runToTheEnd();

        for (Task<Integer> task : tasks) {
            assertThat(task.isDone()).isTrue();
            try {
                task.await();
            } catch (CancellationException cancelled) {
                assertThat(task.isCancelled()).isTrue();
            } catch (TimeoutException | IllegalArgumentException expected) {
                assertThat(expected).hasMessageMatching("planted|not ready after .*");
            }
        }
        RuntimeStatistics counts = simulation.core().admin().statistics();
        assertThat(counts.spawned()).isEqualTo(counts.completed() + counts.failed() + counts.cancelled());
        assertThat(counts.pending()).isZero();
        assertThat(simulation.core().admin().tasks()).isEmpty();
        assertThat(simulation.timers().statistics().armed()).isZero();
    }

    /** Puts together something that ends: sleeps, yields, limits of time, races, children, failures. */
    private static Pollable<Integer> program(SeededSimulation simulation, int depth) {
        Random random = simulation.random();
        AsyncRuntime runtime = simulation.runtime();
        Duration moment = Duration.ofMillis(random.nextInt(50));
        if (depth == 0) {
            return switch (random.nextInt(5)) {
                case 0 -> Pollable.ready(1);
                case 1 -> Pollable.failed(new IllegalArgumentException("planted"));
                case 2 -> Pollable.yieldNow().map(unused -> 2);
                default -> runtime.sleep(moment).map(unused -> 3);
            };
        }
        Pollable<Integer> one = program(simulation, depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> one.then(value -> program(simulation, depth - 1));
            case 1 -> runtime.timeout(one, moment);
            case 2 -> Pollable.race(List.of(one, program(simulation, depth - 1)));
            case 3 -> Pollable.join(List.of(one, program(simulation, depth - 1))).map(List::size);
            case 4 -> one.recover(failure -> 4);
            case 5 -> runtime.spawn(one);
            default -> runtime.spawn(() -> runtime.sleep(moment).map(unused -> 5).await());
        };
    }
}
