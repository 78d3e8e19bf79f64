package dev.gearbox.timers;

import dev.gearbox.Waker;
import dev.gearbox.support.Clock;
import dev.gearbox.support.Parker;
import dev.gearbox.support.PollDuty;
import dev.gearbox.support.Wakes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Fires the timers that are due, and waits until the next one is. */
final class TimerPoller implements PollDuty.Events {
    /*
     * "waitingUntil" is what the thread in poll sleeps for: a deadline, NONE (for ever), or AWAKE while nobody sleeps. It
     * is published before the last look at the queue (see TimerQueue). Whoever arms an earlier timer moves it to AWAKE by
     * compare-and-set, and only the one who did unparks: one unpark a wait, however many timers are armed.
     *
     * A poll fires at most MOST timers, about as many as a worker runs before it polls again. What is due beyond that stays
     * here, in the order of the deadlines, until whoever polls has run what it woke and comes again: in a queue of runs it
     * would be behind what is due later, or overflow to where a busy worker seldom looks.
     */
    private static final int MOST = 32;
    private static final VarHandle WAITING_UNTIL;

    static {
        try {
            WAITING_UNTIL = MethodHandles.lookup().findVarHandle(TimerPoller.class, "waitingUntil", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TimerQueue queue;
    private final Clock clock;
    private final Function<Thread, Parker> parkers;
    private final AtomicBoolean wakeUp = new AtomicBoolean();
    private final AtomicLong polls = new AtomicLong();
    private final Waker[] due = new Waker[MOST]; // for the thread inside poll only
    private volatile long waitingUntil = Deadlines.AWAKE;
    private volatile Parker sleeper;

    TimerPoller(TimerQueue queue, Clock clock, Function<Thread, Parker> parkers) {
        this.queue = queue;
        this.clock = clock;
        this.parkers = parkers;
    }

    @Override
    public int poll(long maxWaitNanos) {
        int fired = fireDue();
        if (fired == 0 && maxWaitNanos > 0 && !wakeUp.get()) {
            fired = waitAndFire(maxWaitNanos);
        }
        if (wakeUp.get()) {
            wakeUp.set(false);
        }
        return fired;
    }

    @Override
    public long nextDeadline() {
        return queue.nextDeadline();
    }

    @Override
    public void wakeUp() {
        if (!wakeUp.get() && wakeUp.compareAndSet(false, true)) {
            unpark();
        }
    }

    /** Shortens the present wait if this deadline, already in the queue, comes before its end; returns whether it did. */
    boolean shorten(long deadline) {
        long until = waitingUntil;
        while (until != Deadlines.AWAKE && Deadlines.isBefore(deadline, until)) {
            if (WAITING_UNTIL.compareAndSet(this, until, Deadlines.AWAKE)) {
                unpark();
                return true;
            }
            until = waitingUntil;
        }
        return false;
    }

    long polls() {
        return polls.get();
    }

    private void unpark() {
        Parker parker = sleeper;
        if (parker != null) {
            parker.unpark();
        }
    }

    private int waitAndFire(long maxWaitNanos) {
        long start = clock.nanoTime();
        Parker parker = parkers.apply(Thread.currentThread());
        sleeper = parker;
        try {
            while (true) {
                long next = queue.nextDeadline();
                waitingUntil = next;
                if (Deadlines.isBefore(queue.nextDeadline(), next)) {
                    continue;
                }
                if (wakeUp.get() || Thread.currentThread().isInterrupted()) {
                    return 0;
                }
                long now = clock.nanoTime();
                long left = maxWaitNanos == Long.MAX_VALUE ? Long.MAX_VALUE : maxWaitNanos - (now - start);
                long wait = next == Deadlines.NONE ? left : Math.min(left, next - now);
                if (wait > 0) {
                    parker.park(wait);
                }
                waitingUntil = Deadlines.AWAKE;
                int fired = fireDue();
                if (fired > 0 || left <= 0) {
                    return fired;
                }
            }
        } finally {
            waitingUntil = Deadlines.AWAKE;
            sleeper = null;
        }
    }

    private int fireDue() {
        polls.lazySet(polls.get() + 1); // one thread at a time
        long next = queue.nextDeadline();
        if (next == Deadlines.NONE) {
            return 0;
        }
        long now = clock.nanoTime();
        if (next - now > 0) {
            return 0;
        }
        int fired = queue.takeDue(now, due, MOST);
        for (int i = 0; i < fired; i++) {
            Waker waker = due[i];
            due[i] = null;
            Wakes.deliver(waker);
        }
        return fired;
    }
}
