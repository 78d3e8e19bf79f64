package dev.gearbox.sync;

import dev.gearbox.Waker;

/** Those who wait for a resource, first come first woken; knows nothing of the resource. Guarded by its owner's lock. */
final class WaitList {
    /*
     * The protocol, for a resource of any kind (a lock, messages, room for them), each step under the owner's lock, or
     * as WaitQueue has it:
     *
     *   to take:    if lets(me) and the resource can be taken: take it, and leave(me). Else enter(me, waker), pending.
     *   to give:    give.
     *   to give up: leave(me).
     *   after each of them: if the resource can be taken, wake next().
     *
     * So whenever the lock is free and the resource can be taken, somebody who waits for it is on the way, or nobody waits.
     * One at a time is woken; when it has taken and there is more, it wakes the next. More at once would come for what the
     * first, or whoever runs, takes in one go.
     *
     * A wake is no hand-over: the woken one leaves the list and tries again, and whoever happens to run may be faster.
     * That keeps the resource in use while the woken one is on its way. One that came too late enters again at the front.
     * Losing is bounded: after MAX_LOSSES a waiter is `starving`, and until it has left, lets() refuses all others. Those
     * refused are in the list, so the one that starved wakes the next when there is more to take.
     *
     * Invariants:
     *   place == QUEUED  <=>  linked, and waker != null
     *   woken            ==   the number of waiters with place == WOKEN, at most one before a close
     *   starving != null  =>  it is first, or its place is WOKEN
     */

    /** Enough that a brief rival does not end the fast path for all, few enough that nobody waits for long. */
    static final int MAX_LOSSES = 4;

    private Waiter first;
    private Waiter last;
    private Waiter starving;
    private int woken;

    /** Returns whether this waiter, or a newcomer if it is null, may take the resource if it can. */
    boolean lets(Waiter waiter) {
        return starving == null || starving == waiter;
    }

    /** Returns who alone may take the resource, or null if all may. */
    Waiter starving() {
        return starving;
    }

    /** Puts the waiter into the list, or replaces its waker if it is there. */
    void enter(Waiter waiter, Waker waker) {
        if (waiter.place == Waiter.OUT) {
            waiter.losses = 0;
            linkLast(waiter);
        } else if (waiter.place == Waiter.WOKEN) {
            woken--;
            if (waiter.losses < MAX_LOSSES) {
                waiter.losses++;
            }
            if (waiter.losses == MAX_LOSSES && starving == null) {
                starving = waiter;
            }
            linkFirst(waiter);
        }
        waiter.waker = waker;
        waiter.place = Waiter.QUEUED;
    }

    /** Takes the waiter out for good. */
    void leave(Waiter waiter) {
        if (waiter.place == Waiter.QUEUED) {
            unlink(waiter);
        } else if (waiter.place == Waiter.WOKEN) {
            woken--;
        }
        if (waiter == starving) {
            starving = null;
        }
        waiter.place = Waiter.OUT;
    }

    /** Returns whether somebody waits and nobody is on the way. */
    boolean wantsWake() {
        return first != null && woken == 0;
    }

    /** Takes out the one who should be woken and returns its waker; null if nobody waits or one is on the way. */
    Waker next() {
        return woken == 0 ? any() : null;
    }

    /** As {@link #next()}, also if one is on the way; for a resource that has closed. */
    Waker any() {
        Waiter waiter = first;
        if (waiter == null) {
            return null;
        }
        Waker waker = waiter.waker;
        unlink(waiter);
        waiter.place = Waiter.WOKEN;
        woken++;
        return waker;
    }

    /** Returns how many wait, those included that are woken and not yet back. */
    int size() {
        int size = woken;
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            size++;
        }
        return size;
    }

    private void linkFirst(Waiter waiter) {
        waiter.next = first;
        if (first == null) {
            last = waiter;
        } else {
            first.previous = waiter;
        }
        first = waiter;
    }

    private void linkLast(Waiter waiter) {
        waiter.previous = last;
        if (last == null) {
            first = waiter;
        } else {
            last.next = waiter;
        }
        last = waiter;
    }

    private void unlink(Waiter waiter) {
        Waiter before = waiter.previous;
        Waiter after = waiter.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
            waiter.previous = null;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
            waiter.next = null;
        }
        waiter.waker = null;
    }
}
