package dev.gearbox.reactor;

import dev.gearbox.Waker;
import dev.gearbox.poll.ChannelSource;
import dev.gearbox.poll.Event;
import dev.gearbox.poll.Interest;
import dev.gearbox.poll.Poller;
import dev.gearbox.poll.Token;
import dev.gearbox.poll.Trigger;
import dev.gearbox.spi.IoRegistration;
import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorStatistics;
import dev.gearbox.support.PollDuty;
import dev.gearbox.support.Wakes;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;

/**
 * The {@link Reactor} service on a {@link Poller}, polled by its own thread {@code gearbox-reactor} or by a scheduler.
 *
 * <p>How precise its waits are, {@link Poller#poll} says. The holder of the role is told of a changed interest only while
 * nobody is inside: as long as there are waiters, some thread of a scheduler that is idle is expected to be inside.
 *
 * <p>It has no options of its own; changed service properties are taken in place, and no waiter notices.
 */
@Component(service = Reactor.class, configurationPid = "dev.gearbox.reactor")
public final class NioReactor implements Reactor {
    private static final Logger LOG = System.getLogger(NioReactor.class.getName());
    private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Poller poller;
    private final PollDuty duty;
    private final LongAdder waiting = new LongAdder();
    private final AtomicLong events = new AtomicLong();
    private final List<Waker> woken = new ArrayList<>(); // for the thread inside poll only
    private volatile boolean closed;

    /**
     * Opens a poller and starts the thread.
     *
     * @throws IOException if the system refuses, for instance for want of descriptors
     */
    @Activate
    public NioReactor() throws IOException {
        poller = Poller.open();
        duty = new PollDuty("gearbox-reactor", new Polled());
        duty.start();
    }

    @Override
    public IoRegistration register(SelectableChannel channel) throws IOException {
        ChannelSource source = new ChannelSource(Objects.requireNonNull(channel, "channel"));
        ReactorEntry entry = new ReactorEntry(this, source);
        checkOpen();
        try {
            poller.register(source, entry, Interest.NONE, Trigger.LEVEL);
        } catch (ClosedSelectorException e) {
            throw closed();
        }
        if (closed) {
            poller.deregister(source);
            throw closed();
        }
        return entry;
    }

    @Override
    public PollRole announce(Runnable wakeUp) {
        return duty.announce(wakeUp);
    }

    @Override
    public ReactorStatistics statistics() {
        return new ReactorStatistics(
                poller.registered(),
                waiting.intValue(),
                poller.polls(),
                events.get(),
                poller.wakeUps(),
                duty.ownThread());
    }

    /** Takes over new service properties, of which it reads none. */
    @Modified
    void modified() {
        // with no such method a change of configuration would replace the service
    }

    /** Refuses from now on, wakes every waiter, ends the thread and closes the selector. */
    @Override
    @Deactivate
    public void close() {
        closed = true;
        List<Token> entries = poller.tokens();
        duty.close();
        try {
            poller.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the selector could not be closed properly", e);
        }
        List<Waker> all = new ArrayList<>();
        entries.forEach(entry -> ((ReactorEntry) entry).takeAll(all));
        all.forEach(Wakes::deliver);
    }

    // for the entries

    void checkOpen() {
        if (closed) {
            throw closed();
        }
    }

    /** Asks for that interest in the source; returns false if the channel, or this reactor, has closed. */
    boolean watch(ChannelSource source, ReactorEntry entry, Interest interest) {
        try {
            poller.reregister(source, entry, interest, Trigger.LEVEL);
            return true;
        } catch (ClosedChannelException | ClosedSelectorException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e); // no other is thrown
        }
    }

    /** Nobody must miss a changed interest: neither who is blocked in the selector nor who holds the role. */
    void interestChanged() {
        if (!poller.isBlocked() && !duty.isInside()) {
            duty.tellHolder();
        }
    }

    void forget(ChannelSource source) {
        poller.deregister(source);
        interestChanged();
    }

    void waiting(int more) {
        waiting.add(more);
    }

    private static RejectedExecutionException closed() {
        return new RejectedExecutionException("the reactor has closed");
    }

    private final class Polled implements PollDuty.Events {
        private final Consumer<Event> onEvent = this::onEvent;
        private int delivered;

        @Override
        public int poll(long maxWaitNanos) {
            delivered = 0;
            try {
                poller.poll(maxWaitNanos, onEvent);
            } catch (ClosedSelectorException e) {
                return 0; // closing: the thread and the holder are told by the duty
            } catch (IOException e) {
                LOG.log(Level.ERROR, "the selector failed; trying again", e);
                LockSupport.parkNanos(Math.min(maxWaitNanos, AFTER_FAILURE));
            }
            if (delivered > 0 && duty.ownThread()) {
                Thread.yield(); // who was woken reads first, else the selector reports the same channels again
            }
            return delivered;
        }

        private void onEvent(Event event) {
            events.lazySet(events.get() + 1); // one thread at a time
            ((ReactorEntry) event.token()).ready(event.readiness(), woken);
            for (int i = 0; i < woken.size(); i++) {
                Wakes.deliver(woken.get(i));
                delivered++;
            }
            woken.clear();
        }

        @Override
        public long nextDeadline() {
            return Long.MAX_VALUE;
        }

        @Override
        public void wakeUp() {
            poller.wakeUp();
        }
    }
}
