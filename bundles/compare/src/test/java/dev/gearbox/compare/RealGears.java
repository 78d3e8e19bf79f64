package dev.gearbox.compare;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeCore;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorFactory;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerFactory;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** A runtime with the schedulers, the reactor and the timers that applications have, which can be taken apart. */
public final class RealGears implements AutoCloseable {
    private final RuntimeCore core = new RuntimeCore();
    private final OwnedRuntime runtime = core.owner("compare-test");
    private final Map<String, SchedulerFactory> factories = new LinkedHashMap<>();
    private final Map<String, Scheduler> open = new LinkedHashMap<>();
    private final Map<String, Long> ids = new LinkedHashMap<>();
    private final Timers timers = ServiceLoader.load(TimersFactory.class).findFirst().orElseThrow().create();
    private final Reactor reactor = ServiceLoader.load(ReactorFactory.class).findFirst().orElseThrow().create();
    private long nextId = 1;

    public RealGears() {
        core.setTimers(timers);
        core.setReactor(reactor);
        for (SchedulerFactory factory : ServiceLoader.load(SchedulerFactory.class)) {
            Scheduler scheduler = factory.create();
            factories.put(scheduler.name(), factory);
            add(scheduler, factory.ranking());
        }
    }

    private void add(Scheduler scheduler, int ranking) {
        open.put(scheduler.name(), scheduler);
        ids.put(scheduler.name(), nextId);
        core.addScheduler(nextId++, ranking, scheduler);
    }

    public AsyncRuntime runtime() {
        return runtime;
    }

    public RuntimeAdmin admin() {
        return core.admin();
    }

    /** Makes this one the preferred. */
    public void prefer(String scheduler) {
        ids.forEach((name, id) -> core.updateScheduler(id, name.equals(scheduler) ? 1_000 : 999));
    }

    /** As when its bundle stops. */
    public void close(String scheduler) {
        core.removeScheduler(ids.get(scheduler));
        open.remove(scheduler).close();
    }

    /** As when its bundle starts. */
    public void open(String scheduler) {
        if (!open.containsKey(scheduler)) {
            add(factories.get(scheduler).create(), factories.get(scheduler).ranking());
        }
    }

    @Override
    public void close() {
        core.close();
        open.values().forEach(Scheduler::close);
        reactor.close();
        timers.close();
    }
}
