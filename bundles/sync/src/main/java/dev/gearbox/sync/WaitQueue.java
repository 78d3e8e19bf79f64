package dev.gearbox.sync;

import dev.gearbox.Waker;

/** A {@link WaitList} with a lock of its own, for a resource that is taken and given without one. Thread-safe. */
final class WaitQueue extends BriefLock {
    /*
     *   to take:    if lets(me) and the resource can be taken: take it, done.
     *               enter(me, waker), then try the same once more; if that fails too, pending.
     *               Having taken after an enter: leave(me).
     *   to give:    give, then wakeOne().
     *   to give up: leave(me), then wakeOne() if the resource can be taken.
     *
     * No wake is lost: who takes writes `wanted` (in enter) before it reads the resource again, who gives writes the
     * resource before it reads `wanted`, and all four are volatile or stronger; so one of the two sees the other. The
     * resource is a lock, which its new owner will give: so there is nobody else to wake when it has been taken.
     *
     * Whenever the lock is free, wanted == list.wantsWake() and starving == list.starving().
     */

    private final WaitList list = new WaitList();
    private volatile boolean wanted;
    private volatile Waiter starving;

    /** Returns whether this waiter, or a newcomer if it is null, may take the resource if it can. */
    boolean lets(Waiter waiter) {
        Waiter privileged = starving;
        return privileged == null || privileged == waiter;
    }

    /** Puts the waiter into the list, or replaces its waker if it is there. */
    void enter(Waiter waiter, Waker waker) {
        lock();
        try {
            list.enter(waiter, waker);
            publish();
        } finally {
            unlock();
        }
    }

    /** Takes the waiter out for good. */
    void leave(Waiter waiter) {
        lock();
        try {
            list.leave(waiter);
            publish();
        } finally {
            unlock();
        }
    }

    /** Wakes the one who should be next, unless nobody waits or one is on the way; no lock is held meanwhile. */
    void wakeOne() {
        if (wanted) {
            Waker waker;
            lock();
            try {
                waker = list.next();
                publish();
            } finally {
                unlock();
            }
            if (waker != null) {
                waker.wake();
            }
        }
    }

    /** Returns how many wait, those included that are woken and not yet back. */
    int size() {
        lock();
        try {
            return list.size();
        } finally {
            unlock();
        }
    }

    private void publish() {
        boolean wants = list.wantsWake();
        if (wanted != wants) {
            wanted = wants;
        }
        Waiter privileged = list.starving();
        if (starving != privileged) {
            starving = privileged;
        }
    }
}
