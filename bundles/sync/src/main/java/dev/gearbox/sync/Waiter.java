package dev.gearbox.sync;

import dev.gearbox.Waker;

/** A place in a {@link WaitList}, guarded by the same lock; only {@link #place} may be compared to OUT by its owner. */
final class Waiter {
    /** Where a waiter is; only {@code QUEUED} ones are linked and have a waker. */
    enum Place {
        OUT,
        QUEUED,
        WOKEN
    }

    /** Only its owner changes it from OUT and to OUT, and so sees without the lock whether it need leave. */
    Place place = Place.OUT;

    Waker waker;
    Waiter previous;
    Waiter next;

    /** How often it was woken and found that another had been faster. */
    int losses;

    /** Returns whether it has entered and not left; for its owner. */
    boolean hasEntered() {
        return place != Place.OUT;
    }
}
