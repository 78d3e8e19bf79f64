package dev.gearbox.reactor;

import dev.gearbox.Waker;
import java.util.ArrayList;
import java.util.List;

/** The wakers that wait for one direction of one channel; nearly always one at most. Not thread-safe. */
final class Waiters {
    private Waker first;
    private List<Waker> more;

    boolean isEmpty() {
        return first == null;
    }

    /** Adds a waker; returns whether it was not there before. */
    boolean add(Waker waker) {
        if (first == null) {
            first = waker;
            return true;
        }
        if (first == waker) {
            return false;
        }
        if (more == null) {
            more = new ArrayList<>(2);
        }
        for (int i = 0; i < more.size(); i++) {
            if (more.get(i) == waker) {
                return false;
            }
        }
        return more.add(waker);
    }

    /** Moves all wakers into the list; returns how many. */
    int moveTo(List<Waker> woken) {
        if (first == null) {
            return 0;
        }
        woken.add(first);
        first = null;
        if (more == null) {
            return 1;
        }
        int moved = 1 + more.size();
        woken.addAll(more);
        more = null;
        return moved;
    }
}
