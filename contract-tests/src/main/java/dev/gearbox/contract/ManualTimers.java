package dev.gearbox.contract;

import dev.gearbox.Waker;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Timer;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;

/** A timer service in virtual time: its timers fire, on the calling thread, when time is advanced. Thread-safe. */
public final class ManualTimers implements Timers {
    private final ManualClock clock;
    /** In the order in which they were armed. */
    private final List<Armed> armed = new ArrayList<>();

    private boolean closed;
    private long fired;
    private long cancelled;

    /** Makes a service for this clock. */
    public ManualTimers(ManualClock clock) {
        this.clock = clock;
    }

    private final class Armed implements Timer {
        private final long deadline;
        private final Waker waker;

        Armed(long deadline, Waker waker) {
            this.deadline = deadline;
            this.waker = waker;
        }

        @Override
        public boolean cancel() {
            synchronized (ManualTimers.this) {
                boolean was = armed.remove(this);
                cancelled += was ? 1 : 0;
                return was;
            }
        }

        @Override
        public boolean isArmed() {
            synchronized (ManualTimers.this) {
                return armed.contains(this);
            }
        }

        long left() {
            return deadline - clock.nanoTime();
        }
    }

    @Override
    public synchronized Timer arm(long deadline, Waker waker) {
        if (closed) {
            throw new RejectedExecutionException("the timers have closed");
        }
        Armed timer = new Armed(deadline, waker);
        armed.add(timer);
        return timer;
    }

    /** Moves the time forward from deadline to deadline, and fires what is due at each. */
    public void advance(Duration duration) {
        long left = duration.toNanos();
        OptionalLong next = untilNext();
        while (next.isPresent() && next.getAsLong() <= left) {
            left -= next.getAsLong();
            step(next.getAsLong());
            next = untilNext();
        }
        clock.add(left);
    }

    /** Moves the time to the next deadline and fires what is due then; false if no timer is armed. */
    public boolean advanceToNext() {
        OptionalLong next = untilNext();
        next.ifPresent(this::step);
        return next.isPresent();
    }

    /** Returns how many nanoseconds are left until the next deadline; empty if no timer is armed. */
    public synchronized OptionalLong untilNext() {
        return armed.stream().mapToLong(timer -> Math.max(0, timer.left())).min();
    }

    private void step(long nanos) {
        clock.add(nanos);
        List<Armed> due;
        synchronized (this) {
            due = armed.stream().filter(timer -> timer.left() <= 0).toList();
            armed.removeAll(due);
            fired += due.size();
        }
        due.forEach(timer -> timer.waker.wake());
    }

    /** Returns a role that has nothing to poll for, since advancing delivers all events. */
    @Override
    public PollRole announce(Runnable wakeUp) {
        return new IdleRole();
    }

    @Override
    public synchronized TimersStatistics statistics() {
        return new TimersStatistics(armed.size(), fired, cancelled, 0, false);
    }

    /** Refuses from now on and wakes every waiter. */
    @Override
    public void close() {
        List<Armed> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(armed);
            armed.clear();
        }
        all.forEach(timer -> timer.waker.wake());
    }
}
