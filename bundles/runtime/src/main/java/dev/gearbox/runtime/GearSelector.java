package dev.gearbox.runtime;

import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import java.lang.System.Logger.Level;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Knows the schedulers that are present and decides which one is in gear at each switch. Thread-safe. */
final class GearSelector {
    /*
     * The lock guards the list of schedulers, the pins and the choice; under it a switch only exchanges a reference.
     * What calls out (handBack of the one that left, draining of held work, drive) happens after the lock is released.
     *
     * drive is called by one thread at a time: whoever raises `driving` from 0 calls, and goes on while others have
     * raised it meanwhile. Nobody waits for anybody there.
     */

    private static final System.Logger LOG = System.getLogger(GearSelector.class.getName());

    private final SchedulerSwitch main = new SchedulerSwitch(this::refused);
    /** A switch lives as long as a view or a task of it does. */
    private final Map<String, PinnedSwitch> pinned = new HashMap<>();

    private final ReferenceQueue<SchedulerSwitch> unused = new ReferenceQueue<>();
    private final List<SchedulerEntry> entries = new ArrayList<>();
    private final AtomicInteger driving = new AtomicInteger();
    private final TimersSwitch timers;
    private final ReactorSwitch reactors;
    private boolean closed;
    private String pin;
    /** Whom drive was last called for; touched by the one thread that drives. */
    private Scheduler driven;

    GearSelector(TimersSwitch timers, ReactorSwitch reactors) {
        this.timers = timers;
        this.reactors = reactors;
    }

    private static final class PinnedSwitch extends WeakReference<SchedulerSwitch> {
        private final String name;

        PinnedSwitch(String name, SchedulerSwitch home, ReferenceQueue<SchedulerSwitch> unused) {
            super(home, unused);
            this.name = name;
        }
    }

    SchedulerSwitch main() {
        return main;
    }

    /** Returns the switch that is pinned to a name for ever. */
    SchedulerSwitch pinnedTo(String name) {
        SchedulerSwitch found;
        boolean late;
        synchronized (this) {
            forgetUnused();
            PinnedSwitch known = pinned.get(name);
            SchedulerSwitch home = known == null ? null : known.get();
            if (home == null) {
                home = new SchedulerSwitch(this::refused);
                pinned.put(name, new PinnedSwitch(name, home, unused));
            }
            found = home;
            late = closed;
        }
        if (late) {
            found.close();
        }
        select();
        return found;
    }

    private void forgetUnused() {
        for (Object one; (one = unused.poll()) != null; ) {
            PinnedSwitch gone = (PinnedSwitch) one;
            pinned.remove(gone.name, gone);
        }
    }

    /** Returns the switches other than the main one; with the lock. */
    private List<SchedulerSwitch> pinnedSwitches() {
        List<SchedulerSwitch> all = new ArrayList<>();
        for (PinnedSwitch one : pinned.values()) {
            SchedulerSwitch home = one.get();
            if (home != null) {
                all.add(home);
            }
        }
        return all;
    }

    void add(SchedulerEntry entry) {
        synchronized (this) {
            if (byName(entry.name()) != null) {
                throw new IllegalArgumentException(
                        "there is a scheduler named '" + entry.name() + "' already; names must be unique");
            }
            if (closed) {
                throw new IllegalStateException("the Gearbox runtime has stopped");
            }
            entries.add(entry);
        }
        select();
    }

    void update(long serviceId, int ranking) {
        synchronized (this) {
            entries.replaceAll(entry -> entry.serviceId() == serviceId
                    ? new SchedulerEntry(serviceId, ranking, entry.scheduler())
                    : entry);
        }
        select();
    }

    void remove(long serviceId) {
        synchronized (this) {
            entries.removeIf(entry -> entry.serviceId() == serviceId);
        }
        select();
    }

    /** Forgets a scheduler that has closed. */
    private void refused(Scheduler closed) {
        synchronized (this) {
            entries.removeIf(entry -> entry.scheduler() == closed);
        }
        select();
    }

    /** Pins a name, or takes the pin away if it is null; the name need not be present. */
    void pin(String name) {
        synchronized (this) {
            pin = name;
        }
        select();
    }

    synchronized String pin() {
        return pin;
    }

    /** Returns the schedulers by descending preference. */
    synchronized List<SchedulerEntry> entries() {
        return entries.stream().sorted().toList();
    }

    private SchedulerEntry byName(String name) {
        for (SchedulerEntry entry : entries) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        return null;
    }

    private void select() {
        List<Scheduler> left = new ArrayList<>();
        List<SchedulerSwitch> all;
        synchronized (this) {
            SchedulerEntry preferred = pin != null
                    ? byName(pin)
                    : entries.stream().sorted().findFirst().orElse(null);
            shift(main, preferred, left);
            pinned.forEach((name, one) -> {
                SchedulerSwitch home = one.get();
                if (home != null) {
                    shift(home, byName(name), left);
                }
            });
            all = pinnedSwitches();
        }
        all.add(main);
        left.forEach(scheduler -> tell(scheduler, Scheduler::handBack));
        all.forEach(SchedulerSwitch::engaged);
        drive();
    }

    /** Takes every scheduler out of gear for good; what is queued anywhere is abandoned. */
    void close() {
        List<SchedulerSwitch> all;
        synchronized (this) {
            entries.clear();
            closed = true;
            all = pinnedSwitches();
        }
        select();
        all.forEach(SchedulerSwitch::close);
        main.close();
    }

    /** Ends the cancelled tasks that neutral gear holds, at every switch. */
    void abandonCancelled() {
        List<SchedulerSwitch> all;
        synchronized (this) {
            all = pinnedSwitches();
        }
        all.add(main);
        all.forEach(SchedulerSwitch::abandonCancelled);
    }

    private static void shift(SchedulerSwitch home, SchedulerEntry next, List<Scheduler> left) {
        Scheduler before = home.shift(next == null ? null : next.scheduler());
        if (before != null) {
            left.add(before);
        }
    }

    /** Tells the scheduler in gear of the default runtime what it may poll; after a change of any of the three. */
    void drive() {
        if (driving.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = driving.get();
            Scheduler inGear = main.inGear();
            if (driven != null && driven != inGear) {
                tell(driven, scheduler -> scheduler.drive(null, null));
            }
            driven = inGear;
            if (inGear != null) {
                Reactor reactor = reactors.get();
                Timers service = timers.get();
                tell(inGear, scheduler -> scheduler.drive(reactor, service));
            }
        } while (!driving.compareAndSet(seen, 0));
    }

    /** Calls a scheduler; what it throws against its contract must keep neither the others nor the next drive waiting. */
    private static void tell(Scheduler scheduler, Consumer<Scheduler> call) {
        try {
            call.accept(scheduler);
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "the scheduler '" + scheduler.name() + "' failed at a change of gear", failure);
        }
    }
}
