package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.spi.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes of gear on seeded schedulers in virtual time. At every step, and inside every call that a scheduler gets, the
 * seed may add, remove, close or pin one, change a ranking, replace the timers, or let one hand back. A scheduler that
 * was taken out of gear without being closed is stuck from then on, as one is whose threads are all blocked: whatever is
 * left with it is lost.
 */
final class SwapSimulation {
    private static final List<String> NAMES = List.of("a", "b", "c");

    /** A scheduler that is present. */
    private record Present(long id, SeededScheduler real, Named named) {}

    private final SeededSimulation simulation;
    private final Function<SeededScheduler, Scheduler> sabotage;
    private final List<Present> present = new ArrayList<>();
    private final List<CountedTask> bodies = new ArrayList<>();
    private final List<Task<Integer>> tasks = new ArrayList<>();
    /** Tasks that wait for ever until they are cancelled. */
    private final List<Task<Integer>> victims = new ArrayList<>();

    private final List<Probe<Integer>> victimBodies = new ArrayList<>();
    private ManualTimers timers;
    private long nextId = 1;
    private boolean changing;
    private boolean settled;
    private int changesLeft = 150;

    /** The sabotage is applied to each scheduler that is made, so that a fault can be planted */
    SwapSimulation(SeededSimulation simulation, Function<SeededScheduler, Scheduler> sabotage) {
        this.simulation = simulation;
        this.sabotage = sabotage;
        timers = simulation.timers();
    }

    /** Plays until all tasks have ended; fails if one is lost or doubled. */
    void play() throws Exception {
        simulation.whenIdle(this::changeWhenIdle);
        spawnAll();
        while (changesLeft > 0) {
            simulation.stepOrWait();
            if (chance(4)) {
                change();
            }
        }
        victims.forEach(Task::cancel);
        simulation.runToTheEnd();
        assertThat(victims).allMatch(Task::isDone).allMatch(Task::isCancelled);
        assertThat(victimBodies).allMatch(body -> body.closes() == 1).noneMatch(Probe::wasDoubled);
        assertThat(tasks.stream().filter(task -> !task.isDone()))
                .as("tasks that have not ended, of %s", bodies)
                .isEmpty();
        for (Task<Integer> task : tasks) {
            task.await();
        }
        assertThat(bodies).allMatch(CountedTask::hasEnded).noneMatch(CountedTask::wasDoubled);
        assertThat(simulation.core().admin().statistics().held()).isZero();
        assertThat(simulation.core().admin().statistics().pending()).isZero();
        assertThat(timers.statistics().armed()).isZero();
    }

    private void spawnAll() {
        AsyncRuntime runtime = simulation.runtime();
        for (int i = 0; i < 4; i++) {
            spawnPolled(runtime, counted(8, Pollable::yieldNow));
            spawnPolled(runtime, counted(4, this::sleep));
            spawnPolled(runtime, counted(3, () -> runtime.spawn(sleep())));
            spawnPolled(runtime.pinnedTo(NAMES.get(i % 2)), counted(5, Pollable::yieldNow));
            spawnDirect(runtime, counted(2, this::sleep));
            spawnDirect(runtime, counted(3, Pollable::yieldNow));
            spawnDirect(runtime, counted(2, () -> runtime.spawn(sleep())));
            tasks.add(runtime.spawnBlocking(counted(1, this::sleep)));
            Probe<Integer> victim = Probe.pending();
            victimBodies.add(victim);
            victims.add(runtime.spawn(victim));
        }
    }

    private Pollable<Void> sleep() {
        return simulation.runtime().sleep(Duration.ofMillis(simulation.random().nextInt(20)));
    }

    private CountedTask counted(int rounds, Supplier<Pollable<?>> step) {
        CountedTask body = new CountedTask(rounds, step);
        bodies.add(body);
        return body;
    }

    private void spawnPolled(AsyncRuntime runtime, Pollable<Integer> body) {
        tasks.add(runtime.spawn(body));
    }

    private void spawnDirect(AsyncRuntime runtime, Callable<Integer> body) {
        tasks.add(runtime.spawn(body));
    }

    private boolean chance(int oneIn) {
        return simulation.random().nextInt(oneIn) == 0;
    }

    /** What other threads might do in the moment before a call takes effect. */
    private void interfere() {
        if (!changing && changesLeft > 0 && chance(10)) {
            change();
        }
    }

    /** Puts a scheduler in gear at last when there are no changes left. */
    private boolean changeWhenIdle() {
        if (changesLeft > 0) {
            change();
            return true;
        }
        boolean wasSettled = settled;
        settled = true;
        if (!wasSettled) {
            simulation.core().admin().useAuto();
            NAMES.forEach(name -> add());
        }
        return !wasSettled;
    }

    private void change() {
        boolean outer = changing;
        changing = true;
        changesLeft--;
        switch (simulation.random().nextInt(12)) {
            case 0, 1 -> add();
            case 2 -> any().ifPresent(this::removeAndLeaveStuck);
            case 3 -> any().ifPresent(this::removeThenClose);
            case 4 -> any().ifPresent(this::closeThenRemove);
            case 5 -> any().ifPresent(this::refuse);
            case 6 -> any().ifPresent(
                    one -> simulation.core().updateScheduler(one.id, simulation.random().nextInt(5)));
            case 7 -> any().ifPresent(one -> pin(one.named.name()));
            case 8 -> simulation.core().admin().useAuto();
            case 9 -> victims.get(simulation.random().nextInt(victims.size())).cancel();
            case 10 -> victimBodies.get(simulation.random().nextInt(victims.size())).wake();
            default -> replaceTimersOrHandBack();
        }
        changing = outer;
    }

    private Optional<Present> any() {
        return present.isEmpty()
                ? Optional.empty()
                : Optional.of(present.get(simulation.random().nextInt(present.size())));
    }

    private void add() {
        List<String> taken = simulation.core().admin().schedulers().stream()
                .map(info -> info.name())
                .toList();
        NAMES.stream().filter(name -> !taken.contains(name)).findFirst().ifPresent(this::add);
    }

    private void add(String name) {
        SeededScheduler real = simulation.newScheduler(name);
        real.interfereBy(this::interfere);
        Present added = new Present(nextId++, real, new Named(name, sabotage.apply(real)));
        present.removeIf(old -> old.named.name().equals(name));
        present.add(added);
        simulation.core().addScheduler(added.id, simulation.random().nextInt(5), added.named);
    }

    private void pin(String name) {
        boolean known = simulation.core().admin().schedulers().stream()
                .anyMatch(info -> info.name().equals(name));
        if (known) {
            simulation.core().admin().use(name);
        }
    }

    private void removeAndLeaveStuck(Present one) {
        present.remove(one);
        simulation.core().removeScheduler(one.id);
        one.real.setStuck(true);
    }

    private void removeThenClose(Present one) {
        present.remove(one);
        simulation.core().removeScheduler(one.id);
        one.named.close();
    }

    private void closeThenRemove(Present one) {
        present.remove(one);
        one.named.close();
        simulation.core().removeScheduler(one.id);
    }

    /** Refuses from now on, while the runtime still counts on it. */
    private void refuse(Present one) {
        present.remove(one);
        one.named.refuse();
        one.named.close();
    }

    private void replaceTimersOrHandBack() {
        if (chance(2)) {
            any().ifPresent(one -> one.named.handBack());
            return;
        }
        ManualTimers next = simulation.newTimers();
        if (chance(2)) {
            simulation.core().setTimers(null);
        }
        simulation.core().setTimers(next);
        timers.close();
        timers = next;
    }
}
