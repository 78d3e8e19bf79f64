package dev.gearbox.runtime;

import dev.gearbox.Waker;
import dev.gearbox.spi.Timer;
import dev.gearbox.spi.Timers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The timer service of the moment; without one, what wants a timer waits until one comes and is woken then, to arm
 * again. Thread-safe.
 */
final class TimersSwitch {
    /** Stands in for a timer while there is no service. */
    private final class Held implements Timer {
        private final Waker waker;

        Held(Waker waker) {
            this.waker = waker;
        }

        @Override
        public boolean cancel() {
            return held.remove(this);
        }

        @Override
        public boolean isArmed() {
            return held.contains(this);
        }
    }

    private final AtomicReference<Timers> current = new AtomicReference<>();
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Arms a timer at the current service; the waker may be woken before the deadline if the service changes. */
    Timer arm(long deadline, Waker waker) {
        Timers timers = current.get();
        while (timers != null) {
            try {
                return timers.arm(deadline, waker);
            } catch (RejectedExecutionException closed) {
                refused(timers);
                timers = current.get();
            }
        }
        Held timer = new Held(waker);
        held.add(timer);
        if (current.get() != null || closed) {
            wakeHeld();
        }
        return timer;
    }

    /** Makes this the current service; null means that there is none. */
    void set(Timers timers) {
        current.set(timers);
        if (timers != null) {
            wakeHeld();
        }
    }

    /** Takes a service that has refused out, if it is still the current one. */
    void refused(Timers closed) {
        current.compareAndSet(closed, null);
    }

    /** Returns the current service, or null. */
    Timers get() {
        return current.get();
    }

    /** Wakes all who wait for a service, because none will come any more. */
    void close() {
        closed = true;
        current.set(null);
        wakeHeld();
    }

    /** Returns whether no timer will ever be armed again. */
    boolean isClosed() {
        return closed;
    }

    /** Fails if it is closed. */
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException(RuntimeCore.STOPPED);
        }
    }

    private void wakeHeld() {
        for (Held timer : held) {
            if (held.remove(timer)) {
                timer.waker.wake();
            }
        }
    }
}
