package dev.gearbox.reactor;

import dev.gearbox.Waker;
import dev.gearbox.poll.ChannelSource;
import dev.gearbox.poll.Interest;
import dev.gearbox.poll.Token;
import dev.gearbox.spi.IoRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One channel's registration: who waits for it, and what the poller is asked for. */
final class ReactorEntry implements IoRegistration, Token {
    /*
     * "interest" is what the poller reports, level-triggered. It may be more than somebody waits for: it stays when the
     * wakers have been woken, since a reader mostly comes back before there is more to read. A connection that reads,
     * handles, writes and waits again so costs no change of the selector, and no wake-up of whoever is blocked in it.
     * Only when an event finds nobody waiting is that part of the interest dropped, lest the channel, which is still
     * ready, be reported again and again. A channel that nobody writes to mostly stays writable, so that is dropped at
     * once. A reader that nobody finds waiting has most likely been woken and is queued behind others; to drop its
     * interest and to ask again costs two system calls, as much as some reports, so a few are put up with first.
     *
     *   somebody waits  =>  the interest is on, or the waker was woken
     *
     * Waiters and interest change together, under the lock. Wakers are woken outside of it.
     */

    /** So many reports in a row that a channel can be read may find nobody waiting. */
    static final int PATIENCE = 2;

    private final NioReactor reactor;
    private final ChannelSource source;
    private final Object lock = new Object();
    private final Waiters readers = new Waiters();
    private final Waiters writers = new Waiters();
    private Interest interest = Interest.NONE;
    /** How many reports in a row have found no reader. */
    private int unread;

    private boolean closed;

    ReactorEntry(NioReactor reactor, ChannelSource source) {
        this.reactor = reactor;
        this.source = source;
    }

    @Override
    public void wakeWhenReadable(Waker waker) {
        wakeWhen(Interest.READABLE, readers, waker);
    }

    @Override
    public void wakeWhenWritable(Waker waker) {
        wakeWhen(Interest.WRITABLE, writers, waker);
    }

    private void wakeWhen(Interest what, Waiters waiters, Waker waker) {
        Objects.requireNonNull(waker, "waker");
        boolean watched;
        boolean changed = false;
        synchronized (lock) {
            if (!closed) {
                reactor.checkOpen();
            }
            watched = !closed;
            if (watched && interest.and(what) == Interest.NONE) {
                watched = reactor.watch(source, this, interest.plus(what));
                if (watched) {
                    interest = interest.plus(what);
                    changed = true;
                }
            }
            if (watched && waiters.add(waker)) {
                reactor.waiting(1);
            }
        }
        if (!watched) {
            waker.wake(); // closed: the next operation on the channel says so
        } else if (changed) {
            reactor.interestChanged();
        }
    }

    /** The channel is ready: moves who waits for that into the list. For the polling thread. */
    void ready(Interest readiness, List<Waker> woken) {
        synchronized (lock) {
            Interest unwanted = Interest.NONE;
            if (readiness.isReadable()) {
                unread = take(readers, woken) ? 0 : unread + 1;
                if (unread > PATIENCE) {
                    unwanted = Interest.READABLE;
                    unread = 0;
                }
            }
            if (readiness.isWritable() && !take(writers, woken)) {
                unwanted = unwanted.plus(Interest.WRITABLE);
            }
            if (unwanted != Interest.NONE && !closed) {
                interest = interest.minus(unwanted);
                reactor.watch(source, this, interest);
            }
        }
    }

    @Override
    public void close() {
        List<Waker> woken = new ArrayList<>();
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            takeAll(woken);
        }
        reactor.forget(source);
        woken.forEach(Waker::wake);
    }

    /** The reactor closes: moves all who wait into the list. */
    void takeAll(List<Waker> woken) {
        synchronized (lock) {
            take(readers, woken);
            take(writers, woken);
        }
    }

    private boolean take(Waiters waiters, List<Waker> woken) {
        int taken = waiters.moveTo(woken);
        if (taken > 0) {
            reactor.waiting(-taken);
        }
        return taken > 0;
    }
}
