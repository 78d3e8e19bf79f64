package dev.gearbox.contract;

import dev.gearbox.Waker;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Timer;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersStatistics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The simplest timer service in real time, on the JDK's scheduled executor. Thread-safe. */
public final class RealTimers implements Timers {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, body -> {
        Thread thread = new Thread(null, body, "real-timers", 0, false);
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Armed> armed = ConcurrentHashMap.newKeySet();
    private final AtomicLong fired = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();

    /** Makes a service with a thread of its own. */
    public RealTimers() {
        executor.setRemoveOnCancelPolicy(true);
    }

    private final class Armed implements Timer, Runnable {
        private final Waker waker;
        private volatile Future<?> future;

        Armed(Waker waker) {
            this.waker = waker;
        }

        @Override
        public void run() {
            if (armed.remove(this)) {
                fired.incrementAndGet();
                waker.wake();
            }
        }

        @Override
        public boolean cancel() {
            if (!armed.remove(this)) {
                return false;
            }
            cancelled.incrementAndGet();
            if (future != null) {
                future.cancel(false);
            }
            return true;
        }

        @Override
        public boolean isArmed() {
            return armed.contains(this);
        }
    }

    @Override
    public Timer arm(long deadline, Waker waker) {
        Armed timer = new Armed(waker);
        armed.add(timer);
        try {
            timer.future = executor.schedule(timer, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            armed.remove(timer);
            throw closed;
        }
        return timer;
    }

    @Override
    public PollRole announce(Runnable wakeUp) {
        return new IdleRole();
    }

    @Override
    public TimersStatistics statistics() {
        return new TimersStatistics(armed.size(), fired.get(), cancelled.get(), 0, true);
    }

    /** Refuses from now on and wakes every waiter. */
    @Override
    public void close() {
        executor.shutdownNow();
        armed.forEach(Armed::run);
    }
}
