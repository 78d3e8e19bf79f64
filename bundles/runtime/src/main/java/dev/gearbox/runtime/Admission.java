package dev.gearbox.runtime;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** A number of places for live tasks, taken and given back in bulk. Thread-safe. */
final class Admission {
    private final Admission parent;
    private final String what;
    private final String property;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile int limit;

    Admission(Admission parent, String what, String property, int limit) {
        this.parent = parent;
        this.what = what;
        this.property = property;
        this.limit = limit;
    }

    /** Takes up to this many places here and at the parent, as many as there are; returns how many, maybe 0. */
    int tryAcquire(int wanted) {
        int here = takeHere(wanted);
        int granted = here == 0 || parent == null ? here : parent.tryAcquire(here);
        taken.addAndGet(granted - here);
        return granted;
    }

    private int takeHere(int wanted) {
        while (true) {
            int now = taken.get();
            int granted = Math.min(wanted, limit - now);
            if (granted <= 0) {
                return 0;
            }
            if (taken.compareAndSet(now, now + granted)) {
                return granted;
            }
        }
    }

    /** Gives places back. */
    void release(int places) {
        taken.addAndGet(-places);
        if (parent != null) {
            parent.release(places);
        }
    }

    /** Changes the limit; what is taken stays taken. */
    void limit(int limit) {
        this.limit = limit;
    }

    /** Returns the exception for the limit that is reached, the parent's if this one is not. */
    RejectedExecutionException refusal() {
        if (parent != null && taken.get() < limit) {
            return parent.refusal();
        }
        return new RejectedExecutionException(
                what + " has " + limit + " live tasks, which is its limit (" + property + " of dev.gearbox.runtime)");
    }
}
