package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;

/** A scenario that repeats one iteration a fixed number of times and reports the time of one. */
abstract class TaskScenario implements Scenario {
    private final String name;
    private final String description;
    private final int iterations;

    /**
     * Makes one.
     *
     * @param iterations how many make a round of about half a second; half of that when it has to be quick
     */
    TaskScenario(String name, String description, int iterations) {
        this.name = name;
        this.description = description;
        this.iterations = iterations;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final void measure(Round round) throws Exception {
        int count = round.quick() ? Math.max(1, iterations / 2) : iterations;
        round.begin();
        try {
            for (int i = 0; i < count; i++) {
                iterate(round.runtime());
            }
        } catch (LostWorkException lost) {
            round.loss(lost.getMessage());
            return;
        }
        round.end();
        round.work(count, "iteration");
        round.value("time", "µs/iteration", Better.LOWER, round.nanos() / 1e3 / count);
    }

    /**
     * Does the work once, checks it, and returns when all its tasks are done.
     *
     * @throws LostWorkException if the check fails
     * @throws Exception if a task fails
     */
    abstract void iterate(AsyncRuntime runtime) throws Exception;
}
