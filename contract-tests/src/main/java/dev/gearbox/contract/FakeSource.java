package dev.gearbox.contract;

import dev.gearbox.Waker;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Timer;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersStatistics;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

/** A source of events that come when the test says so, and are delivered by whoever has the role. Thread-safe. */
final class FakeSource implements Timers {
    private final Queue<Waker> events = new ArrayDeque<>();
    private Role role;
    private boolean closed;
    private int announced;
    private int delivered;

    /** The right to poll this source. */
    private final class Role implements PollRole {
        private final Runnable wakeUp;
        private boolean inside;
        private boolean woken;
        private boolean told;

        Role(Runnable wakeUp) {
            this.wakeUp = wakeUp;
        }

        @Override
        public int poll(long maxWaitNanos) {
            Waker[] due;
            synchronized (FakeSource.this) {
                if (inside || !isOpen()) {
                    return 0;
                }
                inside = true;
                told = false;
                await(maxWaitNanos);
                inside = false;
                woken = false;
                due = isOpen() ? events.toArray(Waker[]::new) : new Waker[0];
                events.removeAll(List.of(due));
                delivered += due.length;
            }
            for (Waker waker : due) {
                waker.wake();
            }
            return due.length;
        }

        private void await(long maxWaitNanos) {
            long start = System.nanoTime();
            long left = maxWaitNanos;
            while (events.isEmpty() && !woken && isOpen() && left > 0) {
                try {
                    FakeSource.this.wait(Math.max(1, Math.min(left / 1_000_000, 60_000)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = maxWaitNanos - (System.nanoTime() - start);
            }
        }

        @Override
        public long nextDeadline() {
            return Long.MAX_VALUE;
        }

        @Override
        public void wakeUp() {
            synchronized (FakeSource.this) {
                woken = true;
                FakeSource.this.notifyAll();
            }
        }

        @Override
        public boolean isOpen() {
            synchronized (FakeSource.this) {
                return role == this;
            }
        }

        @Override
        public void close() {
            synchronized (FakeSource.this) {
                if (role == this) {
                    role = null;
                    FakeSource.this.notifyAll();
                }
            }
        }
    }

    @Override
    public synchronized PollRole announce(Runnable wakeUp) {
        if (closed) {
            throw new RejectedExecutionException("the source has closed");
        }
        if (role != null) {
            throw new IllegalStateException("another role is open");
        }
        announced++;
        role = new Role(wakeUp);
        return role;
    }

    /** Makes an event happen: whoever polls next wakes this waker. */
    void happen(Waker waker) {
        Runnable tell = null;
        synchronized (this) {
            events.add(waker);
            notifyAll();
            if (role != null && !role.inside && !role.told) {
                role.told = true;
                tell = role.wakeUp;
            }
        }
        if (tell != null) {
            tell.run();
        }
    }

    /** Returns whether somebody has the role. */
    synchronized boolean isTaken() {
        return role != null;
    }

    /** Returns how often the role was taken. */
    synchronized int announced() {
        return announced;
    }

    @Override
    public Timer arm(long deadline, Waker waker) {
        throw new UnsupportedOperationException("its events come when the test says so");
    }

    @Override
    public synchronized TimersStatistics statistics() {
        return new TimersStatistics(0, delivered, 0, 0, role == null);
    }

    @Override
    public synchronized void close() {
        closed = true;
        role = null;
        notifyAll();
    }
}
