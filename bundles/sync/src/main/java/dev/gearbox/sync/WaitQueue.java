package dev.gearbox.sync;

import dev.gearbox.Waker;

/** Those who wait for a resource, first come first woken; knows nothing of the resource. */
final class WaitQueue {
    /*
     * The protocol, for a resource of any kind (a lock, the items of a ring, its free places):
     *
     *   to take:    if lets(me) and the resource can be taken: take it, done.
     *               enter(me, waker), then try the same once more; if that fails too, pending.
     *               Having taken after an enter: leave(me), and wakeOne() if there is more to take.
     *   to give:    give, then wakeOne().
     *   to give up: if leave(me) then wakeOne().
     *
     * No wake is lost: who takes writes `wanted` (in enter) before it reads the resource again, who gives writes the
     * resource before it reads `wanted`, and all four are volatile or stronger; so one of the two sees the other.
     *
     * A wake is no hand-over: the woken one leaves the list and tries again, and whoever happens to run may be faster.
     * That keeps the resource in use while the woken one is on its way. It enters again with its old ticket, and the list
     * is sorted by tickets. Losing is bounded: after MAX_LOSSES a waiter is `starving`, and until it has left, lets()
     * refuses all others and it is woken first. Those refused are in the list, so the one that starved wakes the next
     * when there is more to take.
     *
     * At most maxWoken waiters are woken and not yet back. That many tries are enough if no more than maxWoken can be
     * taken at any time; without the limit a fast owner of a lock would wake the whole list, one with each unlock.
     *
     * Invariants, whenever the lock is free:
     *   place == QUEUED  <=>  linked, and waker != null
     *   woken            ==   the number of waiters with place == WOKEN
     *   wanted           <=>  the list is not empty and woken < maxWoken
     *   starving != null  =>  its place is QUEUED or WOKEN
     */

    /** Enough that a brief rival does not end the fast path for all, few enough that nobody waits for long. */
    static final int MAX_LOSSES = 4;

    private final int maxWoken;
    private Waiter first;
    private Waiter last;
    private long tickets;
    private int woken;
    private volatile boolean wanted;
    private volatile Waiter starving;

    WaitQueue(int maxWoken) {
        this.maxWoken = maxWoken;
    }

    /** Returns whether this waiter, or a newcomer if it is null, may take the resource if it can. */
    boolean lets(Waiter waiter) {
        Waiter privileged = starving;
        return privileged == null || privileged == waiter;
    }

    /** Puts the waiter into the list, or replaces its waker if it is there. */
    synchronized void enter(Waiter waiter, Waker waker) {
        switch (waiter.place) {
            case QUEUED -> {
                waiter.waker = waker;
                return;
            }
            case OUT -> {
                waiter.registered = true;
                waiter.ticket = tickets++;
                waiter.losses = 0;
            }
            case WOKEN -> {
                woken--;
                if (++waiter.losses >= MAX_LOSSES && starving == null) {
                    starving = waiter;
                }
            }
        }
        waiter.place = Waiter.Place.QUEUED;
        waiter.waker = waker;
        link(waiter);
        update();
    }

    /** Takes the waiter out for good; returns whether others may have missed a wake because of it. */
    synchronized boolean leave(Waiter waiter) {
        waiter.registered = false;
        boolean owes = waiter == starving || waiter.place == Waiter.Place.WOKEN;
        switch (waiter.place) {
            case QUEUED -> unlink(waiter);
            case WOKEN -> woken--;
            case OUT -> {}
        }
        if (waiter == starving) {
            starving = null;
        }
        waiter.place = Waiter.Place.OUT;
        update();
        return owes;
    }

    /** Wakes the one who should be next, if anybody waits who should be woken; no lock is held meanwhile. */
    void wakeOne() {
        if (wanted) {
            Waker waker = takeNext(maxWoken);
            if (waker != null) {
                waker.wake();
            }
        }
    }

    /** Wakes all, for a resource that has closed. */
    void wakeAll() {
        for (Waker waker; (waker = takeNext(Integer.MAX_VALUE)) != null; ) {
            waker.wake();
        }
    }

    /** Returns how many wait, those included that are woken and not yet back. */
    synchronized int size() {
        int size = woken;
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            size++;
        }
        return size;
    }

    private synchronized Waker takeNext(int limit) {
        if (first == null || woken >= limit) {
            return null;
        }
        Waiter privileged = starving;
        Waiter waiter = privileged != null && privileged.place == Waiter.Place.QUEUED ? privileged : first;
        Waker waker = waiter.waker;
        unlink(waiter);
        waiter.place = Waiter.Place.WOKEN;
        woken++;
        update();
        return waker;
    }

    private void update() {
        boolean wants = first != null && woken < maxWoken;
        if (wanted != wants) {
            wanted = wants;
        }
    }

    /** Links by ticket: a newcomer's place is the end; one that comes back was near the front. */
    private void link(Waiter waiter) {
        Waiter after = last;
        if (after != null && after.ticket > waiter.ticket) {
            after = null;
            for (Waiter next = first; next.ticket < waiter.ticket; next = next.next) {
                after = next;
            }
        }
        Waiter before = after == null ? first : after.next;
        waiter.previous = after;
        waiter.next = before;
        if (after == null) {
            first = waiter;
        } else {
            after.next = waiter;
        }
        if (before == null) {
            last = waiter;
        } else {
            before.previous = waiter;
        }
    }

    private void unlink(Waiter waiter) {
        if (waiter.previous == null) {
            first = waiter.next;
        } else {
            waiter.previous.next = waiter.next;
        }
        if (waiter.next == null) {
            last = waiter.previous;
        } else {
            waiter.next.previous = waiter.previous;
        }
        waiter.previous = null;
        waiter.next = null;
        waiter.waker = null;
    }
}
