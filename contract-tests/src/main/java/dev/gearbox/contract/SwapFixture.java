package dev.gearbox.contract;

import dev.gearbox.runtime.RuntimeCore;
import dev.gearbox.spi.Scheduler;
import java.util.function.Supplier;

/** What one test of gear changes works with. */
public final class SwapFixture {
    /** Runtimes, latches and threads. */
    public final RuntimeFixture runtimes;

    private final SchedulerFixture schedulers;
    private final Supplier<? extends Scheduler> newFirst;
    private final Supplier<? extends Scheduler> newSecond;

    SwapFixture(Supplier<? extends Scheduler> newFirst, Supplier<? extends Scheduler> newSecond) {
        this.newFirst = newFirst;
        this.newSecond = newSecond;
        schedulers = new SchedulerFixture(newFirst, unused -> newSecond.get());
        runtimes = new RuntimeFixture(schedulers, RealTimers::new);
    }

    /** Makes the first of the two, named {@code first}. */
    public Named first() {
        return schedulers.track(new Named("first", newFirst.get()));
    }

    /** Makes the second of the two, named {@code second}. */
    public Named second() {
        return schedulers.track(new Named("second", newSecond.get()));
    }

    /** Makes a runtime in neutral gear. */
    public RuntimeCore neutral() {
        return runtimes.neutral();
    }

    /** Returns latches and threads. */
    public SchedulerFixture threads() {
        return schedulers;
    }

    void close() throws Exception {
        runtimes.close();
    }
}
