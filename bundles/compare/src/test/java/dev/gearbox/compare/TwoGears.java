package dev.gearbox.compare;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeCore;

/** A real runtime with the schedulers {@code red} and {@code blue}; blue is preferred. */
public final class TwoGears implements AutoCloseable {
    private final RuntimeCore core = new RuntimeCore();
    private final PlainScheduler red = new PlainScheduler("red", 0);
    private final PlainScheduler blue;
    private final OwnedRuntime runtime = core.owner("compare-test");

    public TwoGears() {
        this(0);
    }

    /** Blue claims so many more hand-overs at each look at its statistics. */
    public TwoGears(int handOversPerLook) {
        blue = new PlainScheduler("blue", handOversPerLook);
        core.addScheduler(1, 0, red);
        core.addScheduler(2, 10, blue);
    }

    public AsyncRuntime runtime() {
        return runtime;
    }

    public RuntimeAdmin admin() {
        return core.admin();
    }

    /** Leaves blue alone. */
    public void forgetRed() {
        core.removeScheduler(1);
    }

    @Override
    public void close() {
        core.close();
        red.close();
        blue.close();
    }
}
