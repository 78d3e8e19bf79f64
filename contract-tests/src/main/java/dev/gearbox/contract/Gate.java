package dev.gearbox.contract;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.ArrayList;
import java.util.List;

/** Opens once, for any number of waiters: the simplest thing to wait for. Thread-safe. */
public final class Gate {
    private final List<Waker> waiting = new ArrayList<>();
    private boolean isOpen;

    /** Opens it; wakes all who wait. */
    public void open() {
        List<Waker> all;
        synchronized (this) {
            isOpen = true;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(Waker::wake);
    }

    /** Returns a pollable that is ready when this gate is open. */
    public Pollable<Void> passed() {
        return this::poll;
    }

    /** Returns how many wakers wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    private synchronized Poll<Void> poll(Waker waker) {
        if (isOpen) {
            return Poll.ready(null);
        }
        if (!waiting.contains(waker)) {
            waiting.add(waker);
        }
        return Poll.pending();
    }
}
