package dev.gearbox.timers;

import dev.gearbox.Waker;
import java.util.ArrayList;
import java.util.List;

/**
 * All armed timers; tells the next deadline and gives out the wakers of those that are due.
 *
 * <p>Knows no clock and wakes nobody. Thread-safe; deadlines must be {@linkplain Deadlines#normalise normalised}.
 */
final class TimerQueue {
    /*
     * As many heaps as there are processors, to a power of two. A thread arms in the stripe that its id picks; if that
     * one is locked it takes another that is not, so that arming all but never waits. A timer stays in its stripe.
     *
     * Each stripe publishes its earliest deadline by a volatile write before its lock is released, and so before add
     * returns. Who is to sleep until the next deadline therefore
     *     1. reads nextDeadline,  2. publishes until when it will sleep (volatile),  3. reads nextDeadline again,
     * and who armed a timer reads, after add, what was published in 2: one of the two sees the other.
     */
    private final TimerStripe[] stripes;

    /** Makes an empty queue; {@code stripes} is a power of two. */
    TimerQueue(int stripes) {
        if (Integer.bitCount(stripes) != 1) {
            throw new IllegalArgumentException("stripes is not a power of two: " + stripes);
        }
        this.stripes = new TimerStripe[stripes];
        for (int i = 0; i < stripes; i++) {
            this.stripes[i] = new TimerStripe();
        }
    }

    /** Adds a timer; returns null if this queue has closed. */
    ArmedTimer add(long deadline, Waker waker) {
        return lockOne().addAndUnlock(deadline, waker);
    }

    /** Returns the earliest deadline, or {@link Deadlines#NONE}; takes no lock. */
    long nextDeadline() {
        long next = Deadlines.NONE;
        for (TimerStripe stripe : stripes) {
            long earliest = stripe.earliest();
            if (Deadlines.isBefore(earliest, next)) {
                next = earliest;
            }
        }
        return next;
    }

    /**
     * Takes timers that are due, in the order of their deadlines, and gives out their wakers.
     *
     * @return how many, at most {@code max} and the array's length; fewer only if no more are due
     */
    int takeDue(long now, Waker[] due, int max) {
        int most = Math.min(max, due.length);
        int taken = 0;
        while (taken < most) {
            TimerStripe first = null;
            long next = now; // the deadline of that stripe
            long limit = now; // the second earliest one, up to which that stripe may be emptied
            for (TimerStripe stripe : stripes) {
                long earliest = stripe.earliest(); // read once: it may change at any time
                if (earliest == Deadlines.NONE || earliest - now > 0) {
                    continue;
                }
                if (first == null || earliest - next < 0) {
                    limit = next;
                    next = earliest;
                    first = stripe;
                } else if (earliest - limit < 0) {
                    limit = earliest;
                }
            }
            if (first == null) {
                break;
            }
            taken = first.takeDue(limit, due, taken, most);
        }
        return taken;
    }

    /** Refuses from now on, and returns the wakers of all that were armed. */
    List<Waker> close() {
        List<Waker> all = new ArrayList<>();
        for (TimerStripe stripe : stripes) {
            stripe.close(all);
        }
        return all;
    }

    /** Returns how many are armed, have fired and were cancelled; each stripe's part taken at one moment. */
    long[] counts() {
        long[] counts = new long[3];
        for (TimerStripe stripe : stripes) {
            stripe.count(counts);
        }
        return counts;
    }

    private TimerStripe lockOne() {
        int own = (int) Thread.currentThread().getId();
        int mask = stripes.length - 1;
        for (int i = 0; i < stripes.length; i++) {
            TimerStripe stripe = stripes[(own + i) & mask];
            if (stripe.tryLock()) {
                return stripe;
            }
        }
        TimerStripe stripe = stripes[own & mask];
        stripe.lock();
        return stripe;
    }
}
