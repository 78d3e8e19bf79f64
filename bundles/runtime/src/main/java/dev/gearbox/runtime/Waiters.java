package dev.gearbox.runtime;

import dev.gearbox.Waker;
import dev.gearbox.spi.Await;

/** More than one waker waiting for the same task: an immutable list, itself a waker. */
record Waiters(Waker first, Waker others) implements Waker {
    /** Shorter lists are not worth a look at who is in them. */
    private static final int SHORT = 8;

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

    /**
     * Returns the list, or one without the wakers that are of no more use, at lengths that have doubled; so a list that is
     * added to for ever stays in proportion to those who wait.
     */
    static Waker pruned(Waker list) {
        int length = 1;
        for (Waker rest = list; rest instanceof Waiters more; rest = more.others) {
            length++;
        }
        if (length < SHORT || Integer.bitCount(length) != 1) {
            return list;
        }
        Waker kept = null;
        Waker rest = list;
        while (rest instanceof Waiters more) {
            kept = isOfUse(more.first) ? with(kept, more.first) : kept;
            rest = more.others;
        }
        return isOfUse(rest) ? with(kept, rest) : kept;
    }

    private static boolean isOfUse(Waker waker) {
        return waker instanceof TaskCell<?> task ? !task.isDone() : !Await.isOver(waker);
    }

    static Waker with(Waker list, Waker waker) {
        return list == null ? waker : new Waiters(waker, list);
    }
}
