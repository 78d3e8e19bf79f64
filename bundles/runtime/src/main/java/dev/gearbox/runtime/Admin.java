package dev.gearbox.runtime;

import dev.gearbox.BlockedCallSite;
import dev.gearbox.BlockedTaskReport;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.RuntimeStatistics;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.TaskInfo;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorStatistics;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersStatistics;
import java.util.List;
import java.util.Optional;

/** The admin's view of a runtime. */
record Admin(RuntimeCore core, GearSelector gears) implements RuntimeAdmin {
    @Override
    public List<SchedulerInfo> schedulers() {
        Scheduler inGear = gears.main().inGear();
        String pin = gears.pin();
        return gears.entries().stream()
                .map(entry -> new SchedulerInfo(
                        entry.name(),
                        entry.ranking(),
                        entry.scheduler() == inGear,
                        entry.name().equals(pin),
                        entry.scheduler().statistics()))
                .toList();
    }

    @Override
    public Optional<String> inGear() {
        return Optional.ofNullable(gears.main().inGear()).map(Scheduler::name);
    }

    @Override
    public Optional<String> pinned() {
        return Optional.ofNullable(gears.pin());
    }

    @Override
    public void use(String scheduler) {
        List<String> names = gears.entries().stream().map(SchedulerEntry::name).toList();
        if (!names.contains(scheduler)) {
            throw new IllegalArgumentException("there is no scheduler named '" + scheduler + "'; present: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        gears.pin(scheduler);
    }

    @Override
    public void useAuto() {
        gears.pin(null);
    }

    @Override
    public List<TaskInfo> tasks() {
        return core.tasks();
    }

    @Override
    public List<BlockedTaskReport> blockedTasks() {
        return core.blockedTasks().latest();
    }

    @Override
    public List<BlockedCallSite> blockedCallSites() {
        return core.blockedTasks().callSites();
    }

    @Override
    public RuntimeStatistics statistics() {
        return core.statistics();
    }

    @Override
    public Optional<ReactorStatistics> reactor() {
        return Optional.ofNullable(core.reactors().get()).map(Reactor::statistics);
    }

    @Override
    public Optional<TimersStatistics> timers() {
        return Optional.ofNullable(core.timers().get()).map(Timers::statistics);
    }
}
