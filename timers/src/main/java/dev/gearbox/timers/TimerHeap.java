package dev.gearbox.timers;

import java.util.Arrays;

/** Timers in order of their deadlines, any of which can be taken out. Not thread-safe. */
final class TimerHeap {
    /*
     * A heap of four children a node, in two parallel arrays: the deadlines, which are all that comparing needs, lie
     * side by side (four children are half a cache line), and the timers know their index.
     *
     * Why a heap and not a wheel: it is exact to the nanosecond, the next deadline is known at no cost and needs no
     * ticks while nothing is due, and a cancelled timer leaves at once. What a wheel is good at, time-outs of a few
     * lengths, is in the lanes.
     *
     * Invariants, for each i below size: timers[i].index == i, and unless i == 0 the deadline of i is not before that of
     * (i - 1) / 4. Places from size on hold no timer.
     */
    private static final int FIRST_CAPACITY = 64;

    private long[] deadlines = new long[FIRST_CAPACITY];
    private ArmedTimer[] timers = new ArmedTimer[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** Returns the earliest deadline, or {@link Deadlines#NONE}. */
    long earliest() {
        return size == 0 ? Deadlines.NONE : deadlines[0];
    }

    void add(long deadline, ArmedTimer timer) {
        if (size == timers.length) {
            resize(size * 2);
        }
        siftUp(size++, deadline, timer);
    }

    /** Takes out the timer of the earliest deadline; there must be one. */
    ArmedTimer removeEarliest() {
        ArmedTimer earliest = timers[0];
        remove(earliest);
        return earliest;
    }

    /** Takes out a timer that is in this heap. */
    void remove(ArmedTimer timer) {
        int hole = timer.index;
        timer.index = ArmedTimer.NOWHERE;
        int last = --size;
        long deadline = deadlines[last];
        ArmedTimer moved = timers[last];
        timers[last] = null;
        if (hole != last) {
            if (hole > 0 && deadline - deadlines[(hole - 1) >> 2] < 0) {
                siftUp(hole, deadline, moved);
            } else {
                siftDown(hole, deadline, moved);
            }
        }
        if (size < timers.length / 8 && timers.length > FIRST_CAPACITY) {
            resize(timers.length / 4);
        }
    }

    private void siftUp(int hole, long deadline, ArmedTimer timer) {
        int at = hole;
        while (at > 0) {
            int parent = (at - 1) >> 2;
            if (deadline - deadlines[parent] >= 0) {
                break;
            }
            put(at, deadlines[parent], timers[parent]);
            at = parent;
        }
        put(at, deadline, timer);
    }

    private void siftDown(int hole, long deadline, ArmedTimer timer) {
        int at = hole;
        while (true) {
            int first = 4 * at + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            int end = Math.min(first + 4, size);
            for (int child = first + 1; child < end; child++) {
                if (deadlines[child] - deadlines[least] < 0) {
                    least = child;
                }
            }
            if (deadlines[least] - deadline >= 0) {
                break;
            }
            put(at, deadlines[least], timers[least]);
            at = least;
        }
        put(at, deadline, timer);
    }

    private void put(int at, long deadline, ArmedTimer timer) {
        deadlines[at] = deadline;
        timers[at] = timer;
        timer.index = at;
    }

    private void resize(int capacity) {
        deadlines = Arrays.copyOf(deadlines, capacity);
        timers = Arrays.copyOf(timers, capacity);
    }
}
