package dev.gearbox.scheduler.adaptive;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Who runs, who looks for work and who sleeps, in one atomic word; decides whom a wake-up goes to. Thread-safe.
 *
 * <p>It only counts. That a machine's state agrees is the business of whoever moves the machine.
 */
final class IdleWord {
    /*
     *   bits  0..15  running    processors that some machine owns, or that are on their way to one
     *   bits 16..31  searching  machines that look for work in the queues of others
     *   bits 32..47  parked     spare machines asleep, less those that a claim is on its way to
     *   bit  48      poller     a machine sleeps in the selector (or for a deadline) and may be claimed
     *
     * A claim moves a sleeper from "parked" or "poller" to "running" and "searching" in the same step in which it is
     * decided on. So there is never one claim more than there are sleepers, and two claims never mean the same one.
     *
     * Why no wake-up is lost. Who queues work writes the queue, then reads this word, and does nothing only if it sees a
     * machine that searches, or no processor left. Who goes to sleep changes this word, then reads all queues once more.
     * Both are sequentially consistent, so at least one of them sees the other. The last one that stops searching looks
     * at all queues too, so a wake-up that was left to it is not lost when it finds something else. A claim of a new
     * thread that could not be started is undone, and whoever undoes it looks for sleepers that came since.
     */
    enum Claim {
        /** Nobody is needed, or nobody can be. */
        NOBODY,
        /** A parked machine. */
        PARKED,
        /** The machine that sleeps in the selector. */
        POLLER,
        /** A thread that is yet to be started. */
        NEW
    }

    private static final long RUNNING = 1L;
    private static final long SEARCHING = 1L << 16;
    private static final long PARKED = 1L << 32;
    private static final long POLLER = 1L << 48;
    private static final int MASK = 0xffff;

    private final AtomicLong word = new AtomicLong();
    private volatile int processors;

    IdleWord(int processors) {
        this.processors = processors;
    }

    /** Sets how many processors there are; those in use that are too many are given up soon. */
    void setProcessors(int processors) {
        this.processors = processors;
    }

    int processors() {
        return processors;
    }

    int running() {
        return running(word.get());
    }

    int searching() {
        return searching(word.get());
    }

    int parked() {
        return parked(word.get());
    }

    /** Returns whether somebody sleeps who can be claimed. */
    boolean hasSleeper() {
        long w = word.get();
        return parked(w) > 0 || (w & POLLER) != 0;
    }

    /** Returns whether a processor is free. */
    boolean hasIdleProcessor() {
        return running(word.get()) < processors;
    }

    /** Returns whether {@link #claim} would claim somebody at this moment. */
    boolean wantsOne() {
        long w = word.get();
        return searching(w) == 0 && running(w) < processors;
    }

    /** Takes a free processor; returns whether there was one. */
    boolean tryAcquire() {
        while (true) {
            long w = word.get();
            if (running(w) >= processors) {
                return false;
            }
            if (word.compareAndSet(w, w + RUNNING)) {
                return true;
            }
        }
    }

    /** Gives a processor back. */
    void release() {
        word.addAndGet(-RUNNING);
    }

    /** Returns whether more processors are in use than there are now. */
    boolean isOver() {
        return running(word.get()) > processors;
    }

    /**
     * Gives a processor back unless nobody would be left who can take up work.
     *
     * @param mayStart whether a thread could be started
     */
    boolean tryRelease(boolean mayStart) {
        while (true) {
            long w = word.get();
            if (!mayStart && running(w) <= 1 && parked(w) == 0 && (w & POLLER) == 0) {
                return false;
            }
            if (word.compareAndSet(w, w - RUNNING)) {
                return true;
            }
        }
    }

    /** Begins to search, unless half of those who run do so. */
    boolean trySearch() {
        while (true) {
            long w = word.get();
            if (2 * searching(w) >= running(w)) {
                return false;
            }
            if (word.compareAndSet(w, w + SEARCHING)) {
                return true;
            }
        }
    }

    /** Ends a search; returns whether nobody searches any more. */
    boolean stopSearching() {
        return searching(word.addAndGet(-SEARCHING)) == 0;
    }

    /** Announces that a machine is about to park. */
    void park(boolean running, boolean searching) {
        word.addAndGet(PARKED - (running ? RUNNING : 0) - (searching ? SEARCHING : 0));
    }

    /** Claims a parked machine without a processor, for instance the caller itself; returns whether there is one. */
    boolean tryTakeParked() {
        return tryTakeParked(0);
    }

    /** Claims a parked machine if there are more than this many. */
    boolean tryTakeParked(int stay) {
        while (true) {
            long w = word.get();
            if (parked(w) <= stay) {
                return false;
            }
            if (word.compareAndSet(w, w - PARKED)) {
                return true;
            }
        }
    }

    /** Undoes {@link #tryTakeParked}. */
    void untakeParked() {
        word.addAndGet(PARKED);
    }

    /** Announces that a machine, the only one, is about to sleep in the selector. */
    void enterPoll(boolean running, boolean searching) {
        word.addAndGet(POLLER - (running ? RUNNING : 0) - (searching ? SEARCHING : 0));
    }

    /** Ends {@link #enterPoll}; returns false if the poller was claimed and so owns a processor, and searches. */
    boolean leavePoll() {
        while (true) {
            long w = word.get();
            if ((w & POLLER) == 0) {
                return false;
            }
            if (word.compareAndSet(w, w - POLLER)) {
                return true;
            }
        }
    }

    /** Returns whether the machine that entered the selector has been claimed. */
    boolean isPollerClaimed() {
        return (word.get() & POLLER) == 0;
    }

    /**
     * Claims one machine, and a free processor for it, if nobody searches.
     *
     * <p>The one in the selector if nobody runs, so that one thread goes on doing everything, or if it is awake anyway, so
     * that it need not share a processor with one that is woken; then those that run look at the selector between their
     * polls. Else a parked one if there is one, so that the selector stays watched; else whoever there is.
     */
    Claim claim(boolean isPollerAwake) {
        while (true) {
            long w = word.get();
            if (searching(w) > 0 || running(w) >= processors) {
                return Claim.NOBODY;
            }
            Claim claim = (running(w) == 0 || isPollerAwake) && (w & POLLER) != 0 ? Claim.POLLER : sleeper(w);
            if (word.compareAndSet(w, w + RUNNING + SEARCHING - cost(claim))) {
                return claim;
            }
        }
    }

    /** Claims one machine for the processor that the caller has in hand. */
    Claim pass() {
        while (true) {
            long w = word.get();
            Claim claim = sleeper(w);
            if (word.compareAndSet(w, w + SEARCHING - cost(claim))) {
                return claim;
            }
        }
    }

    /** Undoes a claim of a new thread: gives the processor back and ends the search. */
    void undoNew() {
        word.addAndGet(-RUNNING - SEARCHING);
    }

    private static Claim sleeper(long w) {
        return parked(w) > 0 ? Claim.PARKED : (w & POLLER) != 0 ? Claim.POLLER : Claim.NEW;
    }

    private static long cost(Claim claim) {
        return switch (claim) {
            case PARKED -> PARKED;
            case POLLER -> POLLER;
            default -> 0;
        };
    }

    private static int running(long w) {
        return (int) w & MASK;
    }

    private static int searching(long w) {
        return (int) (w >>> 16) & MASK;
    }

    private static int parked(long w) {
        return (int) (w >>> 32) & MASK;
    }

    @Override
    public String toString() {
        long w = word.get();
        return "running " + running(w) + ", searching " + searching(w) + ", parked " + parked(w) + ", poller "
                + ((w & POLLER) != 0);
    }
}
