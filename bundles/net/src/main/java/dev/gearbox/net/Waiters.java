package dev.gearbox.net;

import dev.gearbox.IoSource;
import dev.gearbox.Waker;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * All who wait to read from one source; the source holds this one waker for them all, and each leaves when it gives up.
 *
 * <p>Thread-safe. A wake wakes all: one that was woken alone could give up, and the connection would wait with the others.
 */
final class Waiters implements Waker {
    private final IoSource source;
    /** Guards the two below; never held while others are called. */
    private final Object lock = new Object();
    private final Map<Object, Waker> waiting = new IdentityHashMap<>();
    private boolean asked;

    Waiters(IoSource source) {
        this.source = source;
    }

    /** Adds someone to those woken next, or replaces its waker. */
    void add(Object who, Waker waker) {
        synchronized (lock) {
            waiting.put(who, waker);
        }
    }

    void remove(Object who) {
        synchronized (lock) {
            waiting.remove(who);
        }
    }

    /** Sees to it that the source wakes this when it is ready. */
    void askSource() throws IOException {
        synchronized (lock) {
            if (asked) {
                return;
            }
            asked = true;
        }
        boolean done = false;
        try {
            source.wakeWhenReadable(this);
            done = true;
        } finally {
            if (!done) {
                synchronized (lock) {
                    asked = false;
                }
            }
        }
    }

    @Override
    public void wake() {
        List<Waker> all;
        synchronized (lock) {
            asked = false;
            all = List.copyOf(waiting.values());
            waiting.clear();
        }
        all.forEach(Waker::wake);
    }
}
