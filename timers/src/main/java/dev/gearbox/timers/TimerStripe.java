package dev.gearbox.timers;

import dev.gearbox.Waker;
import dev.gearbox.support.SpinLock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/** One of the parts that the timers are spread over, with its lock and counts. Thread-safe. */
final class TimerStripe extends SpinLock {
    /*
     * A program has few lengths of time-out, and the timers of one length come in the order of their deadlines. So a timer
     * goes to a lane if it is not before the latest there: to the one whose latest is the latest, so that short and long
     * time-outs find lanes of their own. What no lane takes, such as sleeps of random lengths, goes to the heap.
     *
     * The lock is held for some hundred instructions, or while an array is copied.
     */
    private static final int LANES = 4;
    private static final VarHandle EARLIEST;

    static {
        try {
            EARLIEST = MethodHandles.lookup().findVarHandle(TimerStripe.class, "earliest", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TimerLane[] lanes = new TimerLane[LANES];
    private final TimerHeap heap = new TimerHeap();
    private long fired;
    private long cancelled;
    private boolean closed;

    /** The earliest deadline of all; written under the lock, so that who looks for the next one needs no lock. */
    private volatile long earliest = Deadlines.NONE;

    TimerStripe() {
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new TimerLane();
        }
    }

    long earliest() {
        return earliest;
    }

    /** Adds a timer and unlocks; null if the queue is closed. For the holder of the lock. */
    ArmedTimer addAndUnlock(long deadline, Waker waker) {
        try {
            if (closed) {
                return null;
            }
            ArmedTimer timer = new ArmedTimer(this, waker);
            place(deadline, timer);
            if (Deadlines.isBefore(deadline, earliest)) {
                earliest = deadline;
            }
            return timer;
        } finally {
            unlock();
        }
    }

    private void place(long deadline, ArmedTimer timer) {
        TimerLane best = null;
        for (TimerLane lane : lanes) {
            if (lane.size() == 0) {
                best = best == null ? lane : best;
            } else if (deadline - lane.latest() >= 0
                    && (best == null || best.size() == 0 || lane.latest() - best.latest() > 0)) {
                best = lane;
            }
        }
        if (best == null) {
            heap.add(deadline, timer);
        } else {
            best.add(deadline, timer);
        }
    }

    boolean cancel(ArmedTimer timer) {
        lock();
        try {
            if (timer.index == ArmedTimer.NOWHERE) {
                return false;
            }
            if (timer.lane == null) {
                heap.remove(timer);
            } else {
                timer.lane.remove(timer);
            }
            timer.waker = null;
            cancelled++;
            publishLater();
            return true;
        } finally {
            unlock();
        }
    }

    boolean isArmed(ArmedTimer timer) {
        lock();
        try {
            return timer.index != ArmedTimer.NOWHERE;
        } finally {
            unlock();
        }
    }

    /** Takes timers that are due at {@code limit} into {@code due}, from {@code from} on; returns where it ended. */
    int takeDue(long limit, Waker[] due, int from, int to) {
        lock();
        try {
            int at = from;
            TimerLane lane = firstLane();
            while (at < to && Deadlines.isDue(earliest(lane), limit)) {
                long until = limitOfOthers(lane, limit);
                do {
                    due[at++] = take(lane);
                } while (at < to && Deadlines.isDue(earliest(lane), until));
                lane = firstLane();
            }
            fired += at - from;
            publishLater();
            return at;
        } finally {
            unlock();
        }
    }

    /** Refuses from now on, and moves all wakers into the list. */
    void close(List<Waker> all) {
        lock();
        try {
            closed = true;
            while (first() != Deadlines.NONE) {
                all.add(take(firstLane()));
            }
            publishLater();
        } finally {
            unlock();
        }
    }

    /** Adds this stripe's counts: armed, fired, cancelled. */
    void count(long[] counts) {
        lock();
        try {
            counts[0] += heap.size();
            for (TimerLane lane : lanes) {
                counts[0] += lane.size();
            }
            counts[1] += fired;
            counts[2] += cancelled;
        } finally {
            unlock();
        }
    }

    /** Takes out the first timer of a lane, or of the heap if it is null. */
    private Waker take(TimerLane lane) {
        ArmedTimer timer = lane == null ? heap.removeEarliest() : lane.removeEarliest();
        Waker waker = timer.waker;
        timer.waker = null;
        return waker;
    }

    private long first() {
        return earliest(firstLane());
    }

    private long earliest(TimerLane lane) {
        return lane == null ? heap.earliest() : lane.earliest();
    }

    /** Returns the lane that the earliest timer is in, or null if it is in the heap or there is none. */
    private TimerLane firstLane() {
        TimerLane first = null;
        long next = heap.earliest();
        for (TimerLane lane : lanes) {
            if (Deadlines.isBefore(lane.earliest(), next)) {
                next = lane.earliest();
                first = lane;
            }
        }
        return first;
    }

    /** Returns the earliest deadline outside this lane, or outside the heap if it is null, or the limit if that is before. */
    private long limitOfOthers(TimerLane lane, long limit) {
        long earliest = lane == null || !Deadlines.isBefore(heap.earliest(), limit) ? limit : heap.earliest();
        for (TimerLane other : lanes) {
            if (other != lane && Deadlines.isBefore(other.earliest(), earliest)) {
                earliest = other.earliest();
            }
        }
        return earliest;
    }

    /** Publishes a deadline that is not before the one published; whoever does not see it in time looks too early only. */
    private void publishLater() {
        long now = first();
        if (now != earliest) {
            EARLIEST.setRelease(this, now);
        }
    }
}
