package dev.gearbox.support;

import dev.gearbox.spi.EventSource;
import dev.gearbox.spi.PollRole;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Decides who polls a source of events: its own thread, or the holder of the role. Thread-safe.
 *
 * <p>The own thread is a daemon that sleeps for ever while a role is open. Nobody is ever left out: when the role closes
 * the own thread goes on, and an event that comes to be known while nobody is inside makes the holder be told.
 */
public final class PollDuty implements EventSource, AutoCloseable {
    /*
     * Two words, each written before the other is read (both volatile), so that of two threads at least one sees the
     * other:
     *
     *   role    null: the own thread polls        set by announce, cleared by the role's close and by ours
     *   inside  the thread inside Events.poll     set by compare-and-set, cleared on leaving
     *
     *   who enters   inside = me; then reads role again, and leaves if it is not its turn any more
     *   who changes  role = x;    then reads inside, and calls Events.wakeUp if somebody is there
     *   who leaves   inside = null; then reads role, and unparks the own thread, or pays what is owed to the holder
     *   who tells    owed = true; then reads inside, and pays itself if nobody is there
     *   who wakes    woken = true; then calls Events.wakeUp
     *
     * What Events.wakeUp does is taken by whoever is inside, and that may still be the own thread, or the holder of an
     * earlier role, on its way out. So the holder is woken by a word of its own role besides, which it reads when it is
     * inside: then either it sees that word, or it is the one inside when Events.wakeUp is called.
     *
     * Deadlines. "seen" is the earliest deadline that some thread of the holder may be waiting for. It is lowered and
     * raised only by nextDeadline, and by poll if the holder was told since (then whoever waited asks again): a poll
     * that does not wait, by one thread, must not change what another thread waits for. Since a deadline that became
     * known while somebody was inside is not told at once, leaving compares once more.
     */
    private static final long NONE = Long.MAX_VALUE;
    private static final int BUSY = -1;
    private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_CLOSE = TimeUnit.SECONDS.toMillis(2);

    /** What is polled. */
    public interface Events {
        /**
         * Waits for events and delivers them; called by one thread at a time.
         *
         * @param maxWaitNanos how long to wait at most; {@link Long#MAX_VALUE} means without limit
         * @return how many were delivered
         */
        int poll(long maxWaitNanos);

        /** Returns the time of the next event that is known beforehand, or {@link Long#MAX_VALUE}. Any thread. */
        long nextDeadline();

        /** Makes the thread inside {@link #poll} return soon, or the next call return at once. Any thread. */
        void wakeUp();
    }

    private final Events events;
    private final Logger log;
    private final Thread thread;
    private final Parker parker;
    private final AtomicReference<Role> role = new AtomicReference<>();
    private final AtomicReference<Thread> inside = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * Makes a duty whose thread is not started yet.
     *
     * @param threadName the name of the source's own thread
     */
    public PollDuty(String threadName, Events events) {
        this.events = Objects.requireNonNull(events, "events");
        this.log = System.getLogger(events.getClass().getName());
        this.thread = makeThread(this::pollUntilClosed, threadName);
        thread.setDaemon(true);
        thread.setContextClassLoader(events.getClass().getClassLoader());
        this.parker = new ThreadParker(thread);
    }

    /** Makes a thread without the caller's protection domains, which JDKs before 24 would keep for its life. */
    @SuppressWarnings("removal")
    private static Thread makeThread(Runnable body, String name) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> new Thread(null, body, name, 0, false));
    }

    /** Starts the source's own thread; to be called once. */
    public void start() {
        thread.start();
    }

    @Override
    public PollRole announce(Runnable wakeUp) {
        Role announced = new Role(Objects.requireNonNull(wakeUp, "wakeUp"));
        if (closed) {
            throw closed();
        }
        if (!role.compareAndSet(null, announced)) {
            throw new IllegalStateException(thread.getName() + " is polled by another scheduler already");
        }
        if (closed) {
            role.compareAndSet(announced, null);
            throw closed();
        }
        letOut();
        return announced;
    }

    /** Returns whether the source's own thread polls, rather than the holder of a role. */
    public boolean ownThread() {
        return role.get() == null;
    }

    /** Returns whether the calling thread is inside {@link Events#poll}. */
    public boolean isInside() {
        return inside.get() == Thread.currentThread();
    }

    /** Tells the holder of the role, if there is one, that there may be an event; once nobody is inside. */
    public void tellHolder() {
        Role holder = role.get();
        if (holder != null) {
            holder.tell();
        }
    }

    /** Tells the holder of the role of a deadline, unless it knows of an earlier one or somebody is inside. */
    public void tellHolder(long deadline) {
        Role holder = role.get();
        if (holder != null && isBefore(deadline, holder.seen) && inside.get() == null) {
            holder.tell();
        }
    }

    /** Takes the role away, tells its holder, and ends the own thread; waits for that at most 2 s. */
    @Override
    public void close() {
        closed = true;
        Role holder = role.getAndSet(null);
        letOut();
        parker.unpark();
        if (holder != null) {
            holder.run();
        }
        if (Thread.currentThread() != thread) {
            try {
                thread.join(LONGEST_CLOSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RejectedExecutionException closed() {
        return new RejectedExecutionException(thread.getName() + " has closed");
    }

    private static boolean isBefore(long deadline, long other) {
        return deadline != NONE && (other == NONE || deadline - other < 0);
    }

    private void letOut() {
        if (inside.get() != null) {
            events.wakeUp();
        }
    }

    private void pollUntilClosed() {
        while (!closed) {
            try {
                if (role.get() != null || poll(null, NONE) == BUSY) {
                    parker.park(NONE);
                }
                Thread.interrupted(); // nobody of ours interrupts, and a set flag would make every wait return at once
            } catch (Throwable e) {
                log.log(Level.ERROR, "polling failed and goes on", e);
                parker.park(AFTER_FAILURE);
            }
        }
    }

    /** Polls on behalf of that role, or of the own thread; {@link #BUSY} if somebody else is inside. */
    private int poll(Role turn, long maxWaitNanos) {
        Thread me = Thread.currentThread();
        if (!inside.compareAndSet(null, me)) {
            return BUSY;
        }
        boolean interrupted = Thread.interrupted();
        try {
            return role.get() == turn && !closed ? events.poll(turn != null && turn.woken ? 0 : maxWaitNanos) : 0;
        } finally {
            if (turn != null) {
                turn.woken = false; // who woke before this is seen by the holder, who looks around when it returns
            }
            inside.set(null);
            if (interrupted) {
                me.interrupt();
            }
            Role holder = role.get();
            if (holder != null) {
                holder.left();
            } else if (me != thread) {
                parker.unpark();
            }
        }
    }

    private final class Role implements PollRole {
        private final Runnable wakeUp;
        private final AtomicBoolean told = new AtomicBoolean();
        private final AtomicBoolean owed = new AtomicBoolean();
        private volatile long seen = NONE;
        private volatile boolean woken;

        Role(Runnable wakeUp) {
            this.wakeUp = wakeUp;
        }

        @Override
        public int poll(long maxWaitNanos) {
            if (told.get() && told.compareAndSet(true, false)) {
                see();
            }
            return isOpen() ? Math.max(0, PollDuty.this.poll(this, maxWaitNanos)) : 0;
        }

        @Override
        public long nextDeadline() {
            told.set(false);
            return see();
        }

        @Override
        public void wakeUp() {
            if (isOpen()) {
                woken = true;
                events.wakeUp();
            }
        }

        @Override
        public boolean isOpen() {
            return role.get() == this;
        }

        @Override
        public void close() {
            if (role.compareAndSet(this, null)) {
                letOut();
                parker.unpark();
            }
        }

        /** Publishes what it returns before it looks a last time, so that an earlier one is either seen or told. */
        private long see() {
            long next = events.nextDeadline();
            while (true) {
                seen = next;
                long again = events.nextDeadline();
                if (!isBefore(again, next)) {
                    return next;
                }
                next = again;
            }
        }

        void tell() {
            if (!told.get() && told.compareAndSet(false, true)) {
                owed.set(true);
                if (inside.get() == null) {
                    pay();
                }
            }
        }

        void left() {
            if (owed.get()) {
                pay();
            } else if (isBefore(events.nextDeadline(), seen)) {
                tell();
            }
        }

        private void pay() {
            if (owed.compareAndSet(true, false)) {
                run();
            }
        }

        void run() {
            try {
                wakeUp.run();
            } catch (Throwable e) {
                log.log(Level.ERROR, "a scheduler's wake-up callback failed", e);
            }
        }
    }
}
