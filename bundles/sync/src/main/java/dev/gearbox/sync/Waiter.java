package dev.gearbox.sync;

import dev.gearbox.Waker;

/** A place in a {@link WaitList}, guarded by the same lock, but for {@link #hasEntered}. */
final class Waiter {
    /*
     * Where a waiter is. Numbers, since a reference that is stored costs the collector's barriers, and this one is stored
     * three times for each wait. Only QUEUED ones are linked and have a waker.
     */
    static final byte OUT = 0;
    static final byte QUEUED = 1;
    static final byte WOKEN = 2;

    /** Only its owner changes it from OUT and to OUT. */
    byte place = OUT;

    /** How often it was woken and found that another had been faster. */
    byte losses;

    Waker waker;
    Waiter previous;
    Waiter next;

    /** Returns whether it has entered and not left; for its owner, who so sees without the lock whether it need leave. */
    boolean hasEntered() {
        return place != OUT;
    }
}
