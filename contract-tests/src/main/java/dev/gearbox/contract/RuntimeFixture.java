package dev.gearbox.contract;

import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeConfiguration;
import dev.gearbox.runtime.RuntimeCore;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;

/** What one test of a runtime works with: runtimes that are closed afterwards, together with what they run on. */
public final class RuntimeFixture {
    /** Schedulers, latches and threads. */
    public final SchedulerFixture schedulers;

    private final Supplier<? extends Timers> newTimers;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    RuntimeFixture(SchedulerFixture schedulers, Supplier<? extends Timers> newTimers) {
        this.schedulers = schedulers;
        this.newTimers = newTimers;
    }

    /** Makes a runtime in neutral gear, with timers. */
    public RuntimeCore neutral() {
        return neutral(RuntimeConfiguration.DEFAULT);
    }

    /** Makes a runtime in neutral gear, with timers. */
    public RuntimeCore neutral(RuntimeConfiguration configuration) {
        RuntimeCore core = new RuntimeCore(configuration);
        Timers timers = newTimers.get();
        core.setTimers(timers);
        toClose.push(timers);
        toClose.push(core);
        return core;
    }

    /** Makes a runtime on a scheduler with its usual number of threads. */
    public OwnedRuntime runtime() {
        return on(schedulers.scheduler());
    }

    /** Makes a runtime on a scheduler with at most this many threads. */
    public OwnedRuntime runtime(int maxThreads) {
        return on(schedulers.scheduler(maxThreads));
    }

    private OwnedRuntime on(Scheduler scheduler) {
        return on(scheduler, core -> core.owner("contract"));
    }

    /** Makes a runtime on this scheduler, and something of it. */
    public <T> T on(Scheduler scheduler, Function<RuntimeCore, T> use) {
        RuntimeCore core = neutral();
        core.addScheduler(1, 0, scheduler);
        return use.apply(core);
    }

    void close() throws Exception {
        schedulers.openLatches();
        while (!toClose.isEmpty()) {
            toClose.pop().close();
        }
        schedulers.close();
    }
}
