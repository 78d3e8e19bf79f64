package dev.gearbox.scheduler.adaptive;

import dev.gearbox.Waker;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Timer;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersStatistics;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A source of events whose polls are counted; its wakes are due as soon as they are put in. Thread-safe. */
final class FakeTimers implements Timers {
    final AtomicLong polls = new AtomicLong();
    final AtomicInteger roles = new AtomicInteger();
    final AtomicInteger insideAtOnce = new AtomicInteger();
    volatile int mostInside;
    volatile Role open;
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    private volatile long deadline = Long.MAX_VALUE;

    /** Lets this be done by whoever polls next; tells the holder. */
    void put(Runnable event) {
        due.add(event);
        tell(System.nanoTime());
    }

    /** Lets this be done by whoever polls at that time; tells the holder. */
    void tell(long newDeadline) {
        deadline = newDeadline;
        Role role = open;
        if (role != null) {
            role.wakeUp.run();
        }
    }

    final class Role implements PollRole {
        final Runnable wakeUp;

        Role(Runnable wakeUp) {
            this.wakeUp = wakeUp;
        }

        @Override
        public int poll(long maxWaitNanos) {
            polls.incrementAndGet();
            mostInside = Math.max(mostInside, insideAtOnce.incrementAndGet());
            int count = 0;
            if (deadline != Long.MAX_VALUE && System.nanoTime() - deadline >= 0) {
                deadline = Long.MAX_VALUE;
                for (Runnable event = due.poll(); event != null; event = due.poll()) {
                    event.run();
                    count++;
                }
            }
            insideAtOnce.decrementAndGet();
            return count;
        }

        @Override
        public long nextDeadline() {
            return deadline;
        }

        @Override
        public void wakeUp() {}

        @Override
        public boolean isOpen() {
            return open == this;
        }

        @Override
        public void close() {
            if (open == this) {
                open = null;
            }
        }
    }

    @Override
    public PollRole announce(Runnable wakeUp) {
        if (open != null) {
            throw new IllegalStateException("another role is open");
        }
        roles.incrementAndGet();
        open = new Role(wakeUp);
        return open;
    }

    @Override
    public Timer arm(long at, Waker waker) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TimersStatistics statistics() {
        return new TimersStatistics(0, 0, 0, polls.get(), open == null);
    }

    @Override
    public void close() {
        open = null;
    }
}
