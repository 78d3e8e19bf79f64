package dev.gearbox.sync;

import dev.gearbox.Waker;

/** The messages inside a channel, first in first out, and those who wait for one or for room. Thread-safe. */
final class Buffer<T> extends BriefLock {
    /*
     * One lock for everything: each step is one read-modify-write, whether it takes or waits or wakes, and whoever finds
     * nothing is in the list before anybody can give something. Both lists follow WaitList's protocol; wakers are called
     * when the lock is free.
     *
     * Position p is in slot p & mask; the messages are from head to tail, which count up and wrap around.
     */

    /** What became of a message that was offered. */
    enum Outcome {
        ACCEPTED,
        FULL,
        CLOSED
    }

    /** What is received instead of a message when no more will come. */
    static final Object END = new Object();

    private final int capacity;
    private final int mask;
    private final Object[] messages;
    private final WaitList senders = new WaitList();
    private final WaitList receivers = new WaitList();
    private int head;
    private int tail;
    private volatile boolean closed;

    Buffer(int capacity) {
        this.capacity = capacity;
        int slots = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
        mask = slots - 1;
        messages = new Object[slots];
    }

    /**
     * Puts a message in if there is room.
     *
     * @param send who waits for it until now and from now on; null for one that does not
     * @param waker what to wake when there may be room, or null
     */
    Outcome offer(T message, Send<T> send, Waker waker) {
        Outcome outcome;
        Waker receiver = null;
        Waker sender = null;
        lock();
        try {
            Waiter waiter = send == null ? null : send.waiter;
            if (closed) {
                outcome = Outcome.CLOSED;
            } else if (tail - head == capacity || !senders.lets(waiter)) {
                if (waker != null) {
                    senders.enter(send.waiter(), waker);
                }
                return Outcome.FULL;
            } else {
                outcome = Outcome.ACCEPTED;
                messages[tail++ & mask] = message;
                receiver = receivers.next();
            }
            if (waiter != null) {
                sender = left(waiter);
            }
        } finally {
            unlock();
        }
        wake(receiver);
        wake(sender);
        return outcome;
    }

    /** Takes a waiting sender out, whose message stays out too. */
    void giveUpSending(Waiter waiter) {
        Waker sender;
        lock();
        try {
            sender = left(waiter);
        } finally {
            unlock();
        }
        wake(sender);
    }

    /** Takes a sender out of the list; returns whom to wake instead. */
    private Waker left(Waiter waiter) {
        senders.leave(waiter);
        return tail - head < capacity || closed ? senders.next() : null;
    }

    /**
     * Takes the first message out; returns null if there is none, and {@link #END} if there never will be.
     *
     * @param waiter who waits for it until now and, if there is none and the waker is not null, from now on
     */
    Object poll(Waiter waiter, Waker waker) {
        Object message;
        Waker sender = null;
        Waker receiver = null;
        lock();
        try {
            if (head == tail && closed) {
                message = END;
            } else if (head == tail || !receivers.lets(waiter)) {
                if (waker != null) {
                    receivers.enter(waiter, waker);
                }
                return null;
            } else {
                int slot = head++ & mask;
                message = messages[slot];
                messages[slot] = null;
                sender = senders.next();
            }
            if (waiter.hasEntered()) {
                receiver = gone(waiter);
            }
        } finally {
            unlock();
        }
        wake(sender);
        wake(receiver);
        return message;
    }

    /** Takes a waiting receiver out. */
    void giveUpReceiving(Waiter waiter) {
        Waker receiver;
        lock();
        try {
            receiver = gone(waiter);
        } finally {
            unlock();
        }
        wake(receiver);
    }

    private Waker gone(Waiter waiter) {
        receivers.leave(waiter);
        return head != tail || closed ? receivers.next() : null;
    }

    private static void wake(Waker waker) {
        if (waker != null) {
            waker.wake();
        }
    }

    /** Refuses messages from now on, and wakes all; what is inside can still be taken. */
    void close() {
        lock();
        closed = true;
        unlock();
        wakeAll(senders);
        wakeAll(receivers);
    }

    /** Drops the messages inside, for a buffer that has closed. */
    void drop() {
        boolean more;
        do {
            lock();
            more = head != tail;
            if (more) {
                messages[head++ & mask] = null;
            }
            unlock();
        } while (more);
    }

    private void wakeAll(WaitList list) {
        Waker waker;
        do {
            lock();
            waker = list.any();
            unlock();
            wake(waker);
        } while (waker != null);
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns whether it is closed and empty, which it then remains. */
    boolean isDrained() {
        return closed && size() == 0;
    }

    int capacity() {
        return capacity;
    }

    /** Returns how many messages are inside. */
    int size() {
        lock();
        int size = tail - head;
        unlock();
        return size;
    }

    /** Returns how many wait, for room and for messages. */
    int waiting() {
        lock();
        int waiting = senders.size() + receivers.size();
        unlock();
        return waiting;
    }
}
