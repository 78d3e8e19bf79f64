package dev.gearbox.timers;

import dev.gearbox.Waker;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** One of the heaps that the timers are spread over, with its lock and counts. Thread-safe. */
final class TimerStripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final TimerHeap heap = new TimerHeap();
    private long fired;
    private long cancelled;
    private boolean closed;

    /** The heap's earliest deadline; written under the lock, so that who looks for the next one needs no lock. */
    private volatile long earliest = Deadlines.NONE;

    long earliest() {
        return earliest;
    }

    boolean tryLock() {
        return lock.tryLock();
    }

    void lock() {
        lock.lock();
    }

    /** Adds a timer and unlocks; null if the queue is closed. For the holder of the lock. */
    ArmedTimer addAndUnlock(long deadline, Waker waker) {
        try {
            if (closed) {
                return null;
            }
            ArmedTimer timer = new ArmedTimer(this, waker);
            heap.add(deadline, timer);
            publish();
            return timer;
        } finally {
            lock.unlock();
        }
    }

    boolean cancel(ArmedTimer timer) {
        lock.lock();
        try {
            if (timer.index == ArmedTimer.NOWHERE) {
                return false;
            }
            heap.remove(timer);
            timer.waker = null;
            cancelled++;
            publish();
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isArmed(ArmedTimer timer) {
        lock.lock();
        try {
            return timer.index != ArmedTimer.NOWHERE;
        } finally {
            lock.unlock();
        }
    }

    /** Takes timers that are due at {@code limit} into {@code due}, from {@code from} on; returns where it ended. */
    int takeDue(long limit, Waker[] due, int from, int to) {
        lock.lock();
        try {
            int at = from;
            while (at < to && heap.size() > 0 && heap.earliest() - limit <= 0) {
                due[at++] = take();
            }
            fired += at - from;
            publish();
            return at;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses from now on, and moves all wakers into the list. */
    void close(List<Waker> all) {
        lock.lock();
        try {
            closed = true;
            while (heap.size() > 0) {
                all.add(take());
            }
            publish();
        } finally {
            lock.unlock();
        }
    }

    /** Adds this stripe's counts: armed, fired, cancelled. */
    void count(long[] counts) {
        lock.lock();
        try {
            counts[0] += heap.size();
            counts[1] += fired;
            counts[2] += cancelled;
        } finally {
            lock.unlock();
        }
    }

    private Waker take() {
        ArmedTimer timer = heap.removeEarliest();
        Waker waker = timer.waker;
        timer.waker = null;
        return waker;
    }

    private void publish() {
        long now = heap.earliest();
        if (now != earliest) {
            earliest = now;
        }
    }
}
