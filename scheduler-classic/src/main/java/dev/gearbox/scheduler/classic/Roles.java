package dev.gearbox.scheduler.classic;

import dev.gearbox.support.GlobalQueue;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** Who may run tasks, who looks for some, who sleeps, and who is woken. Thread-safe. */
final class Roles {
    /*
     * A *seat* is the right to run tasks as a worker; there are `limit` of them. A thread with a seat is awake or sleeps;
     * one without a seat is in the middle of a task that blocks (or did), or is a spare, parked.
     *
     *        sleep                     handOver by a task that blocks
     *   awake ---> sleeping      awake ---> (seatless) --takeBack--> awake
     *        <---                              |
     *       wakeOne, rise                      v  poll over
     *                                        spare --handOver by another--> sleeping, on the other's seat
     *   sleeping --takeBack by another--> spare
     *
     * One word counts; all changes are read-modify-writes.
     *
     *   bits 16-31  awake      seats whose thread is awake
     *   bit  15     watched    a watcher is there, or nobody who could be one; changed under the lock only
     *   bits  0-14  searching  awake threads that look for work in others' queues, or were woken to do so
     *
     * Invariants
     *   1. searching <= awake, and awake + sleepers + vacant = seats, whenever the lock is free. (While the limit is being
     *      lowered, seats above it empty themselves.)
     *   2. No work is overlooked: whoever makes a run visible in a queue calls wakeOne() after it, which does nothing only
     *      if somebody searches or nobody sleeps. A thread that goes to sleep first counts itself as asleep, and then looks
     *      at all queues once more; a full fence lies between the two steps on both sides, so one of the two sees the
     *      other. The last that stops searching looks at all queues after it has counted itself out, for the runs whose
     *      pushers relied on it.
     *   3. A searching count is owned by exactly one thread, in whose field `searching` it is undone on every way out:
     *      the one that began to search, or the one that wakeOne() took out of the sleepers.
     *   4. At most half of the seats search (but one may, where there is but one).
     *   5. Seats, sleepers, spares and postures change under the lock. Threads are started and unparked outside of it.
     *
     * A push into an empty slot wakes nobody: its owner will look there next. If the owner's present task blocks without
     * saying so, or computes for long, one of the sleepers helps: the *watcher* looks every 10 ms, for as long as anybody
     * is awake, whether some thread is still in the same poll with a run in its slot, and takes that. It is appointed when
     * a sleeper would be needed for that, and falls silent when all sleep.
     *
     * Differences from the original, which woke one sleeper per push and let every idle worker search: as stated.
     */
    private static final int SEARCHING = 1;
    private static final int WATCHED = 1 << 15;
    private static final int AWAKE = 1 << 16;

    /** Starts threads for {@link Roles}. */
    interface Starter {
        /** Returns whether a start is worth trying at present. */
        boolean mayStart();

        /**
         * Starts a worker, which is put on this {@linkplain Roles#seat seat} before; returns whether that was possible.
         *
         * @param searching whether it is counted as searching
         */
        boolean start(int seat, boolean searching);
    }

    private final GlobalQueue global;
    private final Starter starter;
    private final AtomicInteger state = new AtomicInteger();
    private final LongAdder unparks = new LongAdder();
    private final LongAdder handOvers = new LongAdder();
    private final Object lock = new Object();
    private final ArrayDeque<Lane> sleepers = new ArrayDeque<>();
    private final ArrayDeque<Lane> spares = new ArrayDeque<>();
    /** Marks a seat for which a thread is being started. */
    private final Lane reserved = new Lane(null, new Tally());
    private boolean closed;
    /** Written under the lock. */
    private volatile Lane watcher;
    /** Replaced under the lock, its elements written as invariant 5 says. */
    private volatile AtomicReferenceArray<Lane> seats;
    /** Written under the lock. */
    private volatile int limit;

    Roles(int limit, GlobalQueue global, Starter starter) {
        this.limit = limit;
        this.seats = new AtomicReferenceArray<>(limit);
        this.global = global;
        this.starter = starter;
    }

    // Waking

    /** Makes somebody look for work unless somebody does already or all are awake; called after work became visible. */
    void wakeOne() {
        VarHandle.fullFence();
        int s = state.get();
        if (searching(s) == 0 && awake(s) < limit) {
            rouse();
        }
    }

    private void rouse() {
        if (!rouseSleeper() && starter.mayStart()) {
            fillVacantSeat();
        }
    }

    /** Wakes the one that fell asleep last; returns false if none sleeps and nobody searches. */
    private boolean rouseSleeper() {
        Lane lane;
        synchronized (lock) {
            if (searching(state.get()) > 0) {
                return true;
            }
            lane = sleepers.pollLast();
            if (lane == null) {
                return false;
            }
            wake(lane, AWAKE + SEARCHING);
        }
        unparks.increment();
        lane.parker.unpark();
        return true;
    }

    /** Starts a thread for a seat that has none, because an earlier start failed or the limit was raised. */
    private void fillVacantSeat() {
        int seat;
        synchronized (lock) {
            seat = closed ? Lane.NO_SEAT : vacant();
            if (seat == Lane.NO_SEAT) {
                return;
            }
            seats.set(seat, reserved);
            state.getAndAdd(AWAKE + SEARCHING);
        }
        if (!starter.start(seat, true)) {
            vacate(seat, AWAKE + SEARCHING);
            if (hasWork()) {
                rouseSleeper(); // pushers may have relied on this search
            }
        }
    }

    /** Starts threads for all seats, before anything was pushed; returns how many. */
    int fillSeats() {
        int filled = 0;
        for (int seat = 0; seat < limit; seat++) {
            state.getAndAdd(AWAKE);
            if (starter.start(seat, false)) {
                filled++;
            } else {
                vacate(seat, AWAKE);
            }
        }
        return filled;
    }

    private void vacate(int seat, int counts) {
        synchronized (lock) {
            seats.set(seat, null);
            state.getAndAdd(-counts);
        }
    }

    /** Puts a lane on a seat that its thread was promised. */
    void seat(Lane lane, int seat) {
        synchronized (lock) {
            lane.seat = seat;
            seats.set(seat, lane);
        }
    }

    // Searching

    /** Asks for the right to search; the caller gives it back by {@link #stopSearching} or by going to sleep. */
    boolean startSearching() {
        while (true) {
            int s = state.get();
            if (searching(s) > 0 && 2 * (searching(s) + 1) > limit) {
                return false;
            }
            if (state.compareAndSet(s, s + SEARCHING)) {
                return true;
            }
        }
    }

    /** Ends the search of the calling thread, which has found work or has something else to do. */
    void stopSearching() {
        if (searching(state.getAndAdd(-SEARCHING)) == 1) {
            wakeOneForWork();
        }
    }

    private void wakeOneForWork() {
        VarHandle.fullFence();
        if (hasWork()) {
            wakeOne();
        }
    }

    /** Returns whether there is a run in the global queue or in a worker's queue. */
    boolean hasWork() {
        if (!global.isEmpty()) {
            return true;
        }
        AtomicReferenceArray<Lane> all = seats;
        for (int i = 0; i < all.length(); i++) {
            Lane lane = all.get(i);
            if (lane != null && !lane.queue.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    // Sleeping

    /**
     * Counts a thread as asleep; it parks afterwards for as long as its posture says so.
     *
     * @param searching whether it was counted as searching, which ends
     * @param nested whether it is inside a task, so that it returns from sleep for other reasons too
     * @return false if it must look at its orders instead; nothing has changed then
     */
    boolean sleep(Lane lane, boolean searching, boolean nested) {
        synchronized (lock) {
            if (closed || !nested && lane.seat >= limit) {
                return false;
            }
            sleepers.addLast(lane);
            lane.posture = Lane.Posture.SLEEPING;
            lane.nested = nested;
            int s = state.addAndGet(searching ? -AWAKE - SEARCHING : -AWAKE);
            if (watcher == null && !nested) {
                appoint(awake(s) > 0 ? lane : null);
            }
        }
        wakeOneForWork();
        return true;
    }

    /**
     * Ends the rest of a thread that has another reason than being woken.
     *
     * @return false if it was woken meanwhile; it counts as searching then, if it has a seat
     */
    boolean rise(Lane lane) {
        synchronized (lock) {
            if (lane.posture == Lane.Posture.SLEEPING) {
                sleepers.remove(lane);
                wake(lane, AWAKE);
                return true;
            }
            return withdraw(lane);
        }
    }

    private void wake(Lane lane, int counts) {
        lane.posture = Lane.Posture.AWAKE;
        state.getAndAdd(counts);
        dismiss(lane);
    }

    // The watch

    /** Sees to it that somebody watches the slots, if somebody sleeps who could; called after a push into a slot. */
    void wantWatch() {
        int s = state.get();
        if ((s & WATCHED) == 0 && awake(s) < limit) {
            appointSleeper();
        }
    }

    private void appointSleeper() {
        Lane appointed = null;
        synchronized (lock) {
            if (watcher != null) {
                return;
            }
            for (Lane lane : sleepers) {
                if (!lane.nested) {
                    appointed = lane;
                    break;
                }
            }
            appoint(appointed);
            watched(true); // also if nobody could: whoever goes to sleep next sees to it
        }
        if (appointed != null) {
            unparks.increment();
            appointed.parker.unpark();
        }
    }

    private void appoint(Lane lane) {
        watcher = lane;
        watched(lane != null);
        for (int i = 0; i < seats.length(); i++) {
            Lane seated = seats.get(i);
            if (seated != null) {
                seated.pollsSeen = -1;
            }
        }
    }

    private void dismiss(Lane lane) {
        if (watcher == lane) {
            appoint(null);
        }
    }

    private void watched(boolean on) {
        if (on != ((state.get() & WATCHED) != 0)) {
            state.getAndAdd(on ? WATCHED : -WATCHED);
        }
    }

    boolean isWatcher(Lane lane) {
        return watcher == lane;
    }

    /**
     * Looks for a run that is stuck in the slot of a thread which has been in the same poll since the last look; if there
     * is one, the watcher is awake and searching now.
     *
     * @return that run, or null; another may have come first
     */
    Runnable watch(Lane lane) {
        Lane stuck;
        synchronized (lock) {
            if (watcher != lane || lane.posture != Lane.Posture.SLEEPING) {
                return null;
            }
            if (awake(state.get()) == 0) {
                dismiss(lane);
                return null;
            }
            stuck = findStuck();
            if (stuck == null) {
                return null;
            }
            sleepers.remove(lane);
            wake(lane, AWAKE + SEARCHING);
        }
        return stuck.takeNext();
    }

    private Lane findStuck() {
        Lane stuck = null;
        for (int i = 0; i < seats.length(); i++) {
            Lane seated = seats.get(i);
            if (seated != null) {
                long polls = seated.polls.get();
                if (polls == seated.pollsSeen && seated.hasNext()) {
                    stuck = seated;
                }
                seated.pollsSeen = polls;
            }
        }
        return stuck;
    }

    // Passing seats on

    /** Returns whether {@link #handOver} is likely to succeed. */
    boolean mayHandOver() {
        synchronized (lock) {
            return !spares.isEmpty() || starter.mayStart();
        }
    }

    /**
     * Passes the seat of a thread that is about to block to a spare, or to a new thread; its queue and slot are empty.
     *
     * @return false if no thread was to be had, and it keeps the seat
     */
    boolean handOver(Lane lane) {
        if (lane.seat >= limit) {
            leave(lane);
            return true;
        }
        synchronized (lock) {
            Lane spare = spares.pollLast();
            if (spare != null) {
                spare.posture = Lane.Posture.SLEEPING;
                spare.nested = false;
                give(lane, spare);
                sleepers.addLast(spare);
                state.getAndAdd(-AWAKE);
                if (watcher == null) {
                    watched(false); // the spare could watch
                }
            } else if (closed) {
                return false;
            }
        }
        if (lane.seat == Lane.NO_SEAT) {
            wakeOneForWork(); // the spare sleeps on, unless it is needed
        } else if (!replace(lane)) {
            return false;
        }
        handOvers.increment();
        return true;
    }

    /** Passes the seat of a thread to a new one; returns false if that could not be started, and it keeps the seat. */
    boolean replace(Lane lane) {
        int seat = lane.seat;
        lane.seat = Lane.NO_SEAT;
        if (starter.mayStart() && starter.start(seat, false)) {
            return true;
        }
        seat(lane, seat);
        return false;
    }

    /** Gives a thread without a seat one that is vacant or whose thread sleeps; returns whether there was one. */
    boolean takeBack(Lane lane) {
        Lane displaced = null;
        synchronized (lock) {
            if (closed) {
                return false;
            }
            int vacant = vacant();
            if (vacant != Lane.NO_SEAT) {
                seat(lane, vacant);
            } else {
                displaced = removeSleeper();
                if (displaced == null) {
                    return false;
                }
                give(displaced, lane);
                displaced.posture = Lane.Posture.SPARE;
                dismiss(displaced);
                spares.addLast(displaced);
            }
            state.getAndAdd(AWAKE);
        }
        if (displaced != null && !displaced.timed) {
            displaced.parker.unpark(); // a spare does not park for ever
        }
        return true;
    }

    /** Takes out the one that has slept longest and is not inside a task. */
    private Lane removeSleeper() {
        for (Iterator<Lane> i = sleepers.iterator(); i.hasNext();) {
            Lane lane = i.next();
            if (!lane.nested && lane.seat < limit) {
                i.remove();
                return lane;
            }
        }
        return null;
    }

    private void give(Lane from, Lane to) {
        int seat = from.seat;
        from.seat = Lane.NO_SEAT;
        seat(to, seat);
    }

    /** Leaves a seat vacant; its thread, which is awake and not searching, has emptied its queue and slot. */
    void leave(Lane lane) {
        synchronized (lock) {
            seats.set(lane.seat, null);
            lane.seat = Lane.NO_SEAT;
            state.getAndAdd(-AWAKE);
        }
        wakeOneForWork();
    }

    /** Makes a thread without a seat a spare, which parks afterwards; returns false if it must look at its orders. */
    boolean rest(Lane lane) {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            spares.addLast(lane);
            lane.posture = Lane.Posture.SPARE;
            return true;
        }
    }

    /** Takes a spare out; returns whether it still was one. */
    boolean withdraw(Lane lane) {
        synchronized (lock) {
            if (lane.posture != Lane.Posture.SPARE) {
                return false;
            }
            spares.remove(lane);
            lane.posture = Lane.Posture.AWAKE;
            return true;
        }
    }

    // For the scheduler as a whole

    /** Changes the number of seats; threads on seats above leave them when they look at their orders. */
    void setLimit(int newLimit) {
        synchronized (lock) {
            AtomicReferenceArray<Lane> all = new AtomicReferenceArray<>(Math.max(newLimit, seats.length()));
            for (int i = 0; i < seats.length(); i++) {
                all.set(i, seats.get(i));
            }
            seats = all;
            limit = newLimit;
        }
    }

    /** Makes all that are parked look at their orders. */
    void unparkAll() {
        List<Lane> parked;
        synchronized (lock) {
            parked = new ArrayList<>(sleepers);
            parked.addAll(spares);
        }
        for (Lane lane : parked) {
            lane.parker.unpark();
        }
    }

    /** Nobody sleeps and nobody becomes a spare from now on. */
    void close() {
        List<Lane> parked = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            parked.addAll(sleepers);
            parked.addAll(spares);
            for (Lane lane : sleepers) {
                wake(lane, AWAKE + SEARCHING);
            }
            for (Lane lane : spares) {
                lane.posture = Lane.Posture.AWAKE;
            }
            sleepers.clear();
            spares.clear();
        }
        for (Lane lane : parked) {
            lane.parker.unpark();
        }
    }

    private int vacant() {
        for (int i = 0; i < limit; i++) {
            if (seats.get(i) == null) {
                return i;
            }
        }
        return Lane.NO_SEAT;
    }

    int limit() {
        return limit;
    }

    /** Returns how many seats there are to look at, vacant ones included. */
    int seats() {
        return seats.length();
    }

    /** Returns the lane on a seat, or null. */
    Lane lane(int seat) {
        AtomicReferenceArray<Lane> all = seats;
        return seat < all.length() ? all.get(seat) : null;
    }

    int awake() {
        return awake(state.get());
    }

    int searching() {
        return searching(state.get());
    }

    int sleeping() {
        synchronized (lock) {
            return sleepers.size();
        }
    }

    int sparing() {
        synchronized (lock) {
            return spares.size();
        }
    }

    long unparks() {
        return unparks.sum();
    }

    long handOvers() {
        return handOvers.sum();
    }

    private static int searching(int s) {
        return s & (WATCHED - 1);
    }

    private static int awake(int s) {
        return s >>> 16;
    }
}
