package dev.gearbox.runtime;

import dev.gearbox.Waker;
import dev.gearbox.spi.Reactor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * The reactor of the moment; without one, what wants readiness waits until one comes and is woken then, to ask again.
 * Thread-safe.
 */
final class ReactorSwitch {
    /** Who waits for a reactor, and on behalf of which source. */
    private record Held(SwitchedSource source, Waker waker) {}

    private final AtomicReference<Reactor> current = new AtomicReference<>();
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    /** Returns the current reactor, or null. */
    Reactor get() {
        return current.get();
    }

    /** Makes this the current reactor and returns the former one; null means that there is none. */
    Reactor set(Reactor reactor) {
        Reactor former = current.getAndSet(reactor);
        if (reactor != null) {
            wakeHeld(all -> true);
        }
        return former;
    }

    /** Takes a reactor that has refused out, if it is still the current one. */
    void refused(Reactor closed) {
        current.compareAndSet(closed, null);
    }

    /** Wakes this waker when a reactor comes; at once if one is there. */
    void hold(SwitchedSource source, Waker waker) {
        held.add(new Held(source, waker));
        if (current.get() != null) {
            wakeHeld(all -> true);
        }
    }

    /** Wakes those who wait on behalf of this source, which has closed. */
    void release(SwitchedSource source) {
        wakeHeld(one -> one.source == source);
    }

    /** Wakes all who wait for a reactor, because none will come any more. */
    void close() {
        current.set(null);
        wakeHeld(all -> true);
    }

    private void wakeHeld(Predicate<Held> which) {
        for (Held one : held) {
            if (which.test(one) && held.remove(one)) {
                one.waker.wake();
            }
        }
    }
}
