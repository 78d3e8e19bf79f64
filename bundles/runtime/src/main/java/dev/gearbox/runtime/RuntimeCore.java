package dev.gearbox.runtime;

import dev.gearbox.RuntimeAdmin;
import dev.gearbox.RuntimeStatistics;
import dev.gearbox.TaskInfo;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import dev.gearbox.support.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The runtime without OSGi: owners, their tasks, and the switches to schedulers, reactor and timers. Thread-safe. */
public final class RuntimeCore implements AutoCloseable {
    static final String STOPPED = "the Gearbox runtime has stopped";
    /** How long the tasks of a stopped owner may go on before they are reported. */
    private static final long GRACE_NANOS = 2_000_000_000L;

    private final TimersSwitch timers = new TimersSwitch();
    private final ReactorSwitch reactors = new ReactorSwitch();
    private final GearSelector gears = new GearSelector(timers, reactors);
    private final TaskOutcomes outcomes = new TaskOutcomes();
    private final AtomicLong taskIds = new AtomicLong(1);
    private final Set<Owner> owners = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final Admission admission;
    private volatile RuntimeConfiguration configuration;
    private volatile boolean closed;
    /** What owners that are gone have counted; guarded by itself. */
    private final TaskTable.Counts past = new TaskTable.Counts();

    /** Makes a runtime with the default configuration, in neutral gear. */
    public RuntimeCore() {
        this(RuntimeConfiguration.DEFAULT, Clock.SYSTEM);
    }

    /** Makes a runtime in neutral gear. */
    public RuntimeCore(RuntimeConfiguration configuration) {
        this(configuration, Clock.SYSTEM);
    }

    /** Makes a runtime in neutral gear that measures sleeps by this clock. */
    public RuntimeCore(RuntimeConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        admission = new Admission(null, "the runtime", "maxTasks", configuration.maxTasks());
        outcomes.blocked.keep(configuration.keptReports());
        gears.pin(configuration.pin());
    }

    /** Takes new limits and, if the configured one has changed, the new pin. */
    public void configure(RuntimeConfiguration changed) {
        RuntimeConfiguration before = configuration;
        configuration = changed;
        admission.limit(changed.maxTasks());
        outcomes.blocked.keep(changed.keptReports());
        owners.forEach(owner -> {
            owner.limit(changed.maxTasksPerOwner());
            owner.recordSpawnSites(changed.recordSpawnSites());
        });
        if (!Objects.equals(before.pin(), changed.pin())) {
            gears.pin(changed.pin());
        }
    }

    /**
     * Makes a scheduler known, which may bring it into gear at once.
     *
     * @throws IllegalArgumentException if there is one of the same name
     */
    public void addScheduler(long serviceId, int ranking, Scheduler scheduler) {
        gears.add(new SchedulerEntry(serviceId, ranking, scheduler));
    }

    /** Changes the ranking of a scheduler. */
    public void updateScheduler(long serviceId, int ranking) {
        gears.update(serviceId, ranking);
    }

    /** Forgets a scheduler; if it was in gear it hands back. It is not closed. */
    public void removeScheduler(long serviceId) {
        gears.remove(serviceId);
    }

    /** Changes the reactor; null means that there is none. */
    public void setReactor(Reactor reactor) {
        Reactor former = reactors.set(reactor);
        gears.drive();
        if (former != reactor) {
            leave(former);
        }
    }

    /** Changes the timer service; null means that there is none. */
    public void setTimers(Timers service) {
        timers.set(service);
        gears.drive();
    }

    /** Forgets a reactor, unless another has taken its place. */
    public void unsetReactor(Reactor reactor) {
        reactors.refused(reactor);
        gears.drive();
        if (reactors.get() != reactor) {
            leave(reactor);
        }
    }

    private void leave(Reactor former) {
        if (former != null) {
            owners.forEach(owner -> owner.leave(former));
        }
    }

    /** Forgets a timer service, unless another has taken its place. */
    public void unsetTimers(Timers service) {
        timers.refused(service);
        gears.drive();
    }

    /** Makes a new owner with this name and returns its view. */
    public OwnedRuntime owner(String name) {
        forgetOwnersThatAreGone();
        Admission own = new Admission(
                admission, name, "maxTasksPerBundle", configuration.maxTasksPerOwner());
        Owner owner = new Owner(name, own, new TaskTable(name, own, taskIds, outcomes));
        owners.add(owner);
        owner.recordSpawnSites(configuration.recordSpawnSites());
        if (closed) {
            owner.stop(STOPPED);
        }
        return new OwnedRuntime(this, owner, gears.main());
    }

    /** Returns what shows and selects the gear. */
    public RuntimeAdmin admin() {
        return new Admin(this, gears);
    }

    /** Cancels all tasks of all owners; what waits fails with a clear message. Schedulers are not closed. */
    @Override
    public void close() {
        closed = true;
        outcomes.stop(STOPPED);
        owners.forEach(owner -> owner.stop(STOPPED));
        gears.close();
        timers.close();
        reactors.close();
        outcomes.unobserved.close();
        outcomes.blocked.close();
    }

    TimersSwitch timers() {
        return timers;
    }

    ReactorSwitch reactors() {
        return reactors;
    }

    Clock clock() {
        return clock;
    }

    BlockedTasks blockedTasks() {
        return outcomes.blocked;
    }

    SchedulerSwitch switchFor(String scheduler) {
        return gears.pinnedTo(scheduler);
    }

    /** Gives back every place for a task that no owner needs. */
    void trim() {
        owners.forEach(owner -> owner.tasks().trim());
    }

    void stop(Owner owner, String why) {
        owner.stop(why);
        gears.abandonCancelled();
        gears.entries().forEach(entry -> entry.scheduler().renewThreads());
        if (!owner.live().isEmpty()) {
            afterGrace(owner, clock.nanoTime() + GRACE_NANOS);
        }
    }

    /** Reports what still runs then; a wake that comes before, since the timer service changes, is passed over. */
    private void afterGrace(Owner owner, long deadline) {
        if (closed) {
            return;
        }
        timers.arm(deadline, () -> {
            if (clock.nanoTime() - deadline < 0) {
                afterGrace(owner, deadline);
            } else {
                gears.abandonCancelled(); // what was on its way into neutral gear when the owner stopped
                LeftoverReport.log(owner);
            }
        });
    }

    private void forgetOwnersThatAreGone() {
        for (Owner owner : owners) {
            TaskTable.Counts left = new TaskTable.Counts();
            owner.tasks().addTo(left); // a slot that is empty already may still hold its place
            if (owner.isStopped() && left.live == 0) {
                synchronized (past) {
                    if (owners.remove(owner)) {
                        owner.tasks().addTo(past);
                        owner.tasks().trim();
                    }
                }
            }
        }
    }

    List<TaskInfo> tasks() {
        List<TaskInfo> all = new ArrayList<>();
        owners.forEach(owner -> owner.live().forEach(task -> all.add(task.info())));
        return all;
    }

    RuntimeStatistics statistics() {
        TaskTable.Counts counts = new TaskTable.Counts();
        int sources = 0;
        synchronized (past) {
            counts.spawned = past.spawned;
            counts.ended = past.ended;
            for (Owner owner : owners) {
                owner.tasks().addTo(counts);
                sources += owner.openSources();
            }
        }
        long failed = outcomes.failed.sum();
        long cancelled = outcomes.cancelled.sum();
        return new RuntimeStatistics(
                counts.spawned,
                counts.live,
                counts.ended - failed - cancelled,
                failed,
                cancelled,
                outcomes.refused.sum(),
                gears.main().changes(),
                gears.main().held(),
                sources,
                outcomes.blocked.count(),
                outcomes.blocked.dropped(),
                outcomes.timeInQueue.snapshot(),
                outcomes.timeInPoll.snapshot());
    }
}
