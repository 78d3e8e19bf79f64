package dev.gearbox.timers;

import dev.gearbox.Waker;
import dev.gearbox.spi.Timer;

/** One timer, from being armed until it fires or is cancelled; guarded by its stripe's lock. */
final class ArmedTimer implements Timer {
    /** {@link #index} of a timer that is over. */
    static final int NOWHERE = -1;

    private final TimerStripe stripe;

    /** Null as soon as the timer is over, so that a handle that is kept pins nothing. */
    Waker waker;

    /** The lane that it is in; null in the heap, and when it is over. */
    TimerLane lane;

    /** Where the lane or the heap keeps it, which alone write it. */
    int index = NOWHERE;

    ArmedTimer(TimerStripe stripe, Waker waker) {
        this.stripe = stripe;
        this.waker = waker;
    }

    @Override
    public boolean cancel() {
        return stripe.cancel(this);
    }

    @Override
    public boolean isArmed() {
        return stripe.isArmed(this);
    }
}
