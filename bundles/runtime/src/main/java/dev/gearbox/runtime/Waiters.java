package dev.gearbox.runtime;

import dev.gearbox.Waker;

/** More than one waker waiting for the same task: an immutable list, itself a waker. */
record Waiters(Waker first, Waker others) implements Waker {
    @Override
    public void wake() {
        Waker rest = this;
        while (rest instanceof Waiters list) {
            list.first.wake();
            rest = list.others;
        }
        rest.wake();
    }

    /** Returns whether a waker is this one or in this list. */
    static boolean contains(Waker list, Waker waker) {
        Waker rest = list;
        while (rest instanceof Waiters more) {
            if (more.first == waker) {
                return true;
            }
            rest = more.others;
        }
        return rest == waker;
    }

    /** Returns the list without this waker, or null if it was the only one. */
    static Waker without(Waker list, Waker waker) {
        Waker kept = null;
        Waker rest = list;
        while (rest instanceof Waiters more) {
            kept = more.first == waker ? kept : with(kept, more.first);
            rest = more.others;
        }
        return rest == waker || rest == null ? kept : with(kept, rest);
    }

    static Waker with(Waker list, Waker waker) {
        return list == null ? waker : new Waiters(waker, list);
    }
}
