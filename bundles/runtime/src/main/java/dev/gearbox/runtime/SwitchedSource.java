package dev.gearbox.runtime;

import dev.gearbox.IoSource;
import dev.gearbox.Waker;
import dev.gearbox.spi.IoRegistration;
import dev.gearbox.spi.Reactor;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.RejectedExecutionException;

/** A channel that registers at whichever reactor is current when somebody waits for it. */
final class SwitchedSource implements IoSource {
    /** One registration and the reactor that it is for. */
    private record Place(Reactor reactor, IoRegistration registration) {}

    private final SelectableChannel channel;
    private final ReactorSwitch reactors;
    private final Owner owner;
    /** Changed under the lock, read without. */
    private volatile Place place;

    private volatile boolean closed;

    SwitchedSource(SelectableChannel channel, ReactorSwitch reactors, Owner owner) {
        this.channel = channel;
        this.reactors = reactors;
        this.owner = owner;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public void wakeWhenReadable(Waker waker) throws IOException {
        wakeWhen(waker, true);
    }

    @Override
    public void wakeWhenWritable(Waker waker) throws IOException {
        wakeWhen(waker, false);
    }

    private void wakeWhen(Waker waker, boolean readable) throws IOException {
        while (!closed) {
            Reactor reactor = reactors.get();
            if (reactor == null) {
                reactors.hold(this, waker);
                if (closed) {
                    reactors.release(this);
                }
                return;
            }
            try {
                IoRegistration registration = registrationAt(reactor);
                if (readable) {
                    registration.wakeWhenReadable(waker);
                } else {
                    registration.wakeWhenWritable(waker);
                }
                return;
            } catch (RejectedExecutionException reactorClosed) {
                reactors.refused(reactor);
            }
        }
        waker.wake();
    }

    private IoRegistration registrationAt(Reactor reactor) throws IOException {
        Place now = place;
        if (now != null && now.reactor == reactor) {
            return now.registration;
        }
        Place before = null;
        try {
            synchronized (this) {
                now = place;
                if (now == null || now.reactor != reactor) {
                    before = now;
                    place = null; // else, if this reactor refuses, the next one to ask gets a closed registration for ever
                    now = new Place(reactor, reactor.register(channel));
                    place = now;
                }
            }
        } finally {
            close(before);
        }
        if (closed || reactors.get() != reactor) {
            leave(reactor); // who closed this, or changed the reactor, may have come before this registration was there
        }
        return now.registration;
    }

    /** Gives up the registration at this reactor, which is not the current one any more; who waits there is woken. */
    void leave(Reactor former) {
        Place left;
        synchronized (this) {
            left = place;
            if (left == null || left.reactor != former) {
                return;
            }
            place = null;
        }
        close(left);
    }

    /** Wakes who waits there, so it must be called without the lock. */
    private static void close(Place place) {
        if (place != null) {
            place.registration.close();
        }
    }

    @Override
    public void close() throws IOException {
        Place last;
        synchronized (this) {
            closed = true;
            last = place;
            place = null;
        }
        close(last);
        reactors.release(this);
        owner.closed(this);
        channel.close();
    }
}
