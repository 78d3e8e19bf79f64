package dev.gearbox.timers;

/** Timers that came in the order of their deadlines, any of which can be taken out. Not thread-safe. */
final class TimerLane {
    /*
     * A ring of two parallel arrays, the deadlines and the timers, which know their slot. Position p is in slot
     * p & (length - 1); the timers are between head and tail. To add is to write at the tail, to take out is to leave a
     * hole: neither compares nor moves anything. There is no hole at head or right before tail. When the ring is full all
     * are moved together, into one that is twice to four times as large as they need; so that many more can be added
     * before the next time. The same when few are left of many.
     *
     * Invariants, for head <= p < tail: the deadlines never decrease, those of holes included; a timer at p has
     * lane == this and index == p & (length - 1); size counts the timers; if size is 0 then head == tail.
     */
    private static final int FIRST_CAPACITY = 64;

    /** Smaller rings are kept when they are empty, so that some hundred timers that come and go do not resize it. */
    private static final int LARGE = 2_048;

    private long[] deadlines = new long[FIRST_CAPACITY];
    private ArmedTimer[] timers = new ArmedTimer[FIRST_CAPACITY];
    private int head; // positions wrap around
    private int tail;
    private int size;

    int size() {
        return size;
    }

    /** Returns the earliest deadline, or {@link Deadlines#NONE}. */
    long earliest() {
        return size == 0 ? Deadlines.NONE : deadlines[head & (deadlines.length - 1)];
    }

    /** Returns the latest deadline; there must be a timer. */
    long latest() {
        return deadlines[(tail - 1) & (deadlines.length - 1)];
    }

    /** Adds a timer whose deadline is not before the latest. */
    void add(long deadline, ArmedTimer timer) {
        if (tail - head == timers.length) {
            moveTogether();
        }
        int slot = tail++ & (timers.length - 1);
        deadlines[slot] = deadline;
        timers[slot] = timer;
        timer.index = slot;
        timer.lane = this;
        size++;
    }

    /** Takes out the timer of the earliest deadline; there must be one. */
    ArmedTimer removeEarliest() {
        ArmedTimer earliest = timers[head & (timers.length - 1)];
        remove(earliest);
        return earliest;
    }

    /** Takes out a timer that is in this lane. */
    void remove(ArmedTimer timer) {
        int mask = timers.length - 1;
        timers[timer.index] = null;
        timer.index = ArmedTimer.NOWHERE;
        timer.lane = null;
        if (--size == 0) {
            head = tail;
        } else {
            while (timers[head & mask] == null) {
                head++;
            }
            while (timers[(tail - 1) & mask] == null) {
                tail--;
            }
        }
        if (timers.length >= LARGE && size < timers.length / 16) {
            moveTogether();
        }
    }

    /** Removes the holes, and makes room for as many timers again as there are. */
    private void moveTogether() {
        int capacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, size)) * 4);
        long[] newDeadlines = new long[capacity];
        ArmedTimer[] newTimers = new ArmedTimer[capacity];
        int mask = timers.length - 1;
        int to = 0;
        for (int from = head; from != tail; from++) {
            ArmedTimer timer = timers[from & mask];
            if (timer != null) {
                newDeadlines[to] = deadlines[from & mask];
                newTimers[to] = timer;
                timer.index = to++;
            }
        }
        deadlines = newDeadlines;
        timers = newTimers;
        head = 0;
        tail = to;
    }
}
