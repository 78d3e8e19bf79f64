package dev.gearbox.scheduler.adaptive;

import dev.gearbox.spi.EventSource;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Timers;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The polling of the reactor and the timers, if this scheduler may take it over. Thread-safe. */
final class Polling {
    /*
     * One machine at a time holds the lease, and only with it calls poll() and nextDeadline(): a deadline that a source
     * has told is then known to the one who waits. The lease is given back before the machine runs a task.
     *
     * A source calls wakeUp() when it knows of an earlier deadline. That sets "asked" first and reads the lease second; a
     * machine takes the lease first and clears "asked" second, before it reads the deadline. So either the machine reads
     * the new deadline, or the caller sees it and wakes it; a wake-up before the sleep makes that return at once.
     *
     * A claim of the sleeper wakes it by the role of the moment. The sleeper may read the role that comes next, so whoever
     * changes the roles wakes it once more.
     */

    /**
     * How often the selector is looked at while runs are short and never end. A look costs 1 µs, and another 0.2 for each
     * channel that is ready still because its reader is queued; and what it finds goes behind what is queued anyway.
     */
    private static final long SELECT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What is polled; either may be null. */
    private record Roles(PollRole reactor, PollRole timers) {}

    private static final Roles NONE = new Roles(null, null);

    private final AdaptiveScheduler scheduler;
    private final AtomicReference<Machine> lease = new AtomicReference<>();
    private volatile Roles roles = NONE;
    private volatile boolean asked;
    private volatile long deadline = Long.MAX_VALUE;
    private volatile long lastPolled;
    private volatile long lastSelected;
    private volatile boolean pollerAwake;
    /** The services that may be polled; guarded by this. */
    private Reactor reactor;

    private Timers timers;
    private volatile boolean withdrawn;

    Polling(AdaptiveScheduler scheduler) {
        this.scheduler = scheduler;
    }

    // Roles

    /** See {@link dev.gearbox.spi.Scheduler#drive}. */
    void drive(Reactor allowedReactor, Timers allowedTimers) {
        synchronized (this) {
            Reactor newReactor = scheduler.isClosed() ? null : allowedReactor;
            Timers newTimers = scheduler.isClosed() ? null : allowedTimers;
            Roles now = roles;
            PollRole oldReactor = newReactor == reactor ? now.reactor : close(now.reactor);
            PollRole oldTimers = newTimers == timers ? now.timers : close(now.timers);
            reactor = newReactor;
            timers = newTimers;
            roles = new Roles(oldReactor, oldTimers);
            announce();
        }
        wake();
        scheduler.ensurePoller();
    }

    /** Closes the roles until a machine is idle again: nobody can be had to poll. */
    void withdraw() {
        synchronized (this) {
            close(roles.reactor);
            close(roles.timers);
            withdrawn = reactor != null || timers != null;
            roles = NONE;
        }
        wake();
    }

    /** Takes up again what was withdrawn. */
    void announceAgain() {
        if (withdrawn) {
            synchronized (this) {
                announce();
            }
            wake();
        }
    }

    private void announce() {
        withdrawn = false;
        PollRole reactorRole = announced(reactor, roles.reactor);
        PollRole timersRole = announced(timers, roles.timers);
        roles = reactorRole == null && timersRole == null ? NONE : new Roles(reactorRole, timersRole);
        asked = true;
        lastPolled = scheduler.clock.nanoTime();
    }

    private PollRole announced(EventSource source, PollRole present) {
        if (source == null || present != null && present.isOpen()) {
            return source == null ? null : present;
        }
        try {
            return source.announce(this::wakeUp);
        } catch (IllegalStateException | RejectedExecutionException notNow) {
            Machine.LOG.log(Level.DEBUG, "{0} polls itself: {1}", source, notNow.getMessage());
            return null;
        }
    }

    private static PollRole close(PollRole role) {
        if (role != null) {
            role.close();
        }
        return null;
    }

    /** Returns whether there is anything to poll. */
    boolean isWanted() {
        return roles != NONE;
    }

    /** Returns whether the roles were given up for want of threads. */
    boolean isWithdrawn() {
        return withdrawn;
    }

    /** Returns whether there is something to poll and nobody does at this moment. */
    boolean isUnattended() {
        return roles != NONE && lease.get() == null;
    }

    /** Returns whether nobody polls although it is time to. */
    boolean isNeglected(long now, long nanos) {
        return isUnattended() && (now - lastPolled > nanos || isDue(now));
    }

    /** Returns whether a deadline has come, or there may be one that is not known yet. */
    boolean isDue(long now) {
        return asked || deadline != Long.MAX_VALUE && now - deadline >= 0;
    }

    /** Called by a source: there is an event that the sleeper does not know of. */
    private void wakeUp() {
        asked = true;
        wake();
        scheduler.ensurePoller();
        scheduler.monitor.nudge();
    }

    /** Makes whoever sleeps in the selector, or for a deadline, come back. */
    void wake() {
        wake(null);
    }

    /** As {@link #wake()}, and tells it what it gets a processor by. */
    void wake(HandOver handOver) {
        Machine holder = lease.get();
        if (holder != null) {
            holder.owe(handOver);
            PollRole role = roles.reactor;
            if (role != null) {
                role.wakeUp();
            }
            holder.parker.unpark();
        } else if (handOver != null) {
            scheduler.takeover.judge(handOver, true); // it is up and about already
        }
    }

    // The lease

    /** Takes the lease if it is free and there is something to poll. */
    boolean lease(Machine machine) {
        return roles != NONE && lease.get() == null && lease.compareAndSet(null, machine);
    }

    /** Says whether the machine in the selector is awake there; for itself. */
    void setPollerAwake(boolean awake) {
        pollerAwake = awake;
    }

    /** Returns whether the machine in the selector, if there is one, is awake: before it sleeps, and while it waits for more. */
    boolean isPollerAwake() {
        return pollerAwake;
    }

    /** Gives the lease back. */
    void giveLeaseBack() {
        lastPolled = scheduler.clock.nanoTime();
        lease.set(null);
    }

    /** Fires what is due and learns the next deadline; holder of the lease only. */
    void deliverDue() {
        asked = false;
        Roles now = roles;
        long next = deliver(now.timers);
        if (now.reactor != null) {
            next = earlier(next, now.reactor.nextDeadline());
        }
        deadline = next;
    }

    private long deliver(PollRole role) {
        if (role == null) {
            return Long.MAX_VALUE;
        }
        poll(role, 0);
        return role.nextDeadline();
    }

    private static long earlier(long a, long b) {
        return a == Long.MAX_VALUE ? b : b == Long.MAX_VALUE || a - b < 0 ? a : b;
    }

    /** Sleeps until the deadline or an event; holder of the lease only. */
    void sleep(Machine machine) {
        long until = deadline;
        long nanos = until == Long.MAX_VALUE ? until : until - scheduler.clock.nanoTime();
        PollRole role = roles.reactor;
        if (nanos > 0 && role != null) {
            poll(role, nanos);
            lastSelected = scheduler.clock.nanoTime();
        } else if (nanos > 0) {
            machine.parker.park(nanos);
        }
    }

    /** Looks at the selector without waiting; holder of the lease only. */
    void select() {
        PollRole role = roles.reactor;
        if (role != null) {
            poll(role, 0);
        }
    }

    /** Polls without waiting, if it is time to and nobody else does; for a machine between two runs. */
    void pollWhileBusy(Machine machine, long now) {
        Roles present = roles;
        if (present == NONE) {
            return;
        }
        boolean select = present.reactor != null && now - lastSelected > SELECT_NANOS;
        if (!select && !isDue(now)) {
            lastPolled = now;
            return;
        }
        if (lease(machine)) {
            try {
                deliverDue();
                if (select) {
                    lastSelected = now;
                    poll(present.reactor, 0);
                }
            } finally {
                giveLeaseBack();
            }
        }
    }

    /** Polls; a role that fails or has been closed by its source is dropped. */
    private void poll(PollRole role, long nanos) {
        try {
            role.poll(nanos);
            if (role.isOpen()) {
                return;
            }
        } catch (Throwable failure) {
            Machine.LOG.log(Level.ERROR, "polling failed, and is left to the service's own thread", failure);
            role.close();
        }
        drop(role);
    }

    private synchronized void drop(PollRole role) {
        Roles now = roles;
        PollRole keptReactor = now.reactor == role ? null : now.reactor;
        PollRole keptTimers = now.timers == role ? null : now.timers;
        roles = keptReactor == null && keptTimers == null ? NONE : new Roles(keptReactor, keptTimers);
    }

    @Override
    public String toString() {
        Machine holder = lease.get();
        return !isWanted() ? "polls nothing" : "polled by " + (holder == null ? "nobody" : holder.getName());
    }
}
