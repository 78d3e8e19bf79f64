package dev.gearbox.contract;

import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeConfiguration;
import dev.gearbox.runtime.RuntimeCore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * A whole runtime on one thread, in virtual time: what runs next is decided by a seed, and time passes only when nothing
 * can run. The same seed gives the same history.
 *
 * <p>A scenario runs on a worker thread of the simulation, so that it, and tasks in direct style, may wait by
 * {@code await()}: the thread goes on with other runs meanwhile. Not thread-safe.
 */
public final class SeededSimulation {
    /** What happens in a simulation. */
    @FunctionalInterface
    public interface Scenario {
        /** Makes it happen. */
        void play(SeededSimulation simulation) throws Exception;
    }

    private final Random random;
    private final ManualClock clock = new ManualClock();
    private ManualTimers timers = new ManualTimers(clock);
    private final RuntimeCore core = new RuntimeCore(RuntimeConfiguration.DEFAULT, clock);
    private final OwnedRuntime runtime = core.owner("simulation");
    private final List<SeededScheduler> schedulers = new ArrayList<>();
    private BooleanSupplier whenIdle = () -> false;

    private SeededSimulation(long seed) {
        random = new Random(seed);
        core.setTimers(timers);
    }

    /** Plays the scenario once; a failure names the seed. */
    public static void run(long seed, Scenario scenario) {
        Throwable[] failure = new Throwable[1];
        SeededSimulation simulation = new SeededSimulation(seed);
        SeededWorker worker = new SeededWorker(simulation, () -> {
            try {
                scenario.play(simulation);
            } catch (Throwable thrown) {
                failure[0] = thrown;
            } finally {
                simulation.close();
            }
        });
        worker.start();
        Eventually.until(
                () -> "seed " + seed + ": the end of the simulation, which is at "
                        + List.of(worker.getStackTrace()),
                () -> !worker.isAlive());
        if (failure[0] != null) {
            throw new AssertionError("seed " + seed + ": " + failure[0], failure[0]);
        }
    }

    /** Plays the scenario with each seed from 1 to this. */
    public static void runSeeds(int seeds, Scenario scenario) {
        for (long seed = 1; seed <= seeds; seed++) {
            run(seed, scenario);
        }
    }

    /** Makes a scheduler that this simulation runs; it is not known to the runtime yet. */
    public SeededScheduler newScheduler(String name) {
        SeededScheduler scheduler = new SeededScheduler(name, random, SeededWorker::runOnCurrent);
        schedulers.add(scheduler);
        return scheduler;
    }

    /** Makes a scheduler and puts it in gear. */
    public SeededScheduler inGear() {
        SeededScheduler scheduler = newScheduler("seeded");
        core.addScheduler(1, 0, scheduler);
        return scheduler;
    }

    /** Runs one run of one scheduler; returns whether there was any. */
    public boolean step() {
        schedulers.removeIf(scheduler -> scheduler.isClosed() && scheduler.queued() == 0);
        List<SeededScheduler> busy =
                schedulers.stream().filter(scheduler -> !scheduler.isIdle()).toList();
        return !busy.isEmpty() && busy.get(random.nextInt(busy.size())).runOne();
    }

    /** Runs one run, or lets time pass to the next deadline; false if there is nothing to run or to wait for. */
    public boolean stepOrWait() {
        return step() || timers.advanceToNext() || whenIdle.getAsBoolean();
    }

    /** Sets what is done when nothing can run and no time can pass; it tells whether that may have changed something. */
    void whenIdle(BooleanSupplier action) {
        whenIdle = action;
    }

    /** Runs until no run is queued; time stands still. */
    public void runUntilIdle() {
        while (step()) {
            Thread.onSpinWait();
        }
    }

    /** Runs, and lets time pass, until there is nothing to run and no timer is armed. */
    public void runToTheEnd() {
        while (stepOrWait()) {
            Thread.onSpinWait();
        }
    }

    /** Returns the source of all decisions. */
    public Random random() {
        return random;
    }

    /** Returns the timers that tell when time may pass; the runtime's from the beginning. */
    public ManualTimers timers() {
        return timers;
    }

    /** Makes other timers on the same clock, which take the place of {@link #timers()}; the runtime is not told. */
    public ManualTimers newTimers() {
        timers = new ManualTimers(clock);
        return timers;
    }

    /** Returns the clock of the runtime and the timers. */
    public ManualClock clock() {
        return clock;
    }

    /** Returns the runtime. */
    public RuntimeCore core() {
        return core;
    }

    /** Returns a view of the runtime. */
    public OwnedRuntime runtime() {
        return runtime;
    }

    private void close() {
        whenIdle = () -> false;
        core.close();
        runToTheEnd();
    }
}
