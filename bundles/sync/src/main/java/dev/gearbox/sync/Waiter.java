package dev.gearbox.sync;

import dev.gearbox.Waker;

/** A place in a {@link WaitQueue}. All fields but {@link #registered} are guarded by the queue. */
final class Waiter {
    /** Where a waiter is; only {@code QUEUED} ones are linked and have a waker. */
    enum Place {
        OUT,
        QUEUED,
        WOKEN
    }

    Place place = Place.OUT;
    Waker waker;
    Waiter previous;
    Waiter next;

    /** Its rank, kept until it leaves. */
    long ticket;

    /** How often it was woken and found that another had been faster. */
    int losses;

    /** Whether it has entered and not left; for its owner only, who so sees without the lock that it need not leave. */
    boolean registered;
}
