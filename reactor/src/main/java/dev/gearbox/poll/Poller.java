package dev.gearbox.poll;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Waits for any of many sources to become ready. Thread-safe; one thread at a time is inside {@link #poll}.
 *
 * <p>There may be several pollers, each with sources of its own. What the selector below imposes:
 *
 * <ul>
 *   <li>Waits are whole milliseconds; see {@link #poll}.
 *   <li>A changed interest is not seen by a thread that is blocked inside {@code poll}, so every change wakes it up: once,
 *       however many changes follow, and not at all if nobody is blocked.
 *   <li>A deregistered channel stays with the selector until the next poll; one that is registered again before is flushed
 *       out first, which wakes a blocked poll up.
 *   <li>An interrupt of the thread inside makes it return, and as long as its flag is set every poll returns at once.
 * </ul>
 */
public final class Poller implements AutoCloseable {
    /*
     * "state" says whether the thread inside may be blocked in the selector, and "wakeUp" that it shall not stay there:
     *
     *   RUNNING --poll-->      BLOCKED   before it looks at wakeUp, at the queue of user sources, and goes to select
     *   BLOCKED --anybody-->   WOKEN     by compare-and-set; only who did it pays for Selector.wakeup
     *   any     --poll-->      RUNNING   back from select
     *
     * Who changes something writes it first (the key's operations, which the selector takes over as select begins; the
     * queue; wakeUp) and then reads state; poll writes state and then reads them. All are volatile or behind the
     * selector's lock, so one of the two sees the other. A Selector.wakeup that comes too late costs one empty round.
     *
     * "selecting" is held during select only. It lets flush select in the stead of a poller that is not there. Events are
     * delivered after select has returned, outside all locks, so that a handler may do whatever it likes.
     */
    private static final int RUNNING = 0;
    private static final int BLOCKED = 1;
    private static final int WOKEN = 2;
    private static final VarHandle STATE;

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    /** A selector's wait takes at least this much longer than it was asked to. */
    private static final long SLACK = MILLISECOND / 10;

    private static final long FLUSH_PAUSE = 20_000;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Poller.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Selector selector;
    private final ReentrantLock selecting = new ReentrantLock();
    private final AtomicBoolean inside = new AtomicBoolean();
    private final Queue<UserRegistration> queue = new ConcurrentLinkedQueue<>();
    private final Set<UserRegistration> users = ConcurrentHashMap.newKeySet();
    private final AtomicLong polls = new AtomicLong();
    private final AtomicLong wakeUps = new AtomicLong();
    private final Consumer<SelectionKey> collect = this::collect; // made once: no garbage in a poll
    private volatile int state = RUNNING;
    private volatile boolean wakeUp;

    /** What this poll found; for the thread inside. */
    private final ArrayList<Registration> found = new ArrayList<>();

    private Poller(Selector selector) {
        this.selector = selector;
    }

    /**
     * Opens a poller.
     *
     * @throws IOException if the system refuses, for instance for want of descriptors
     */
    public static Poller open() throws IOException {
        // On JDK 17 the first channel that is ever closed must not be closed while the process is out of descriptors:
        // that would break all sockets of the JVM for good. So one is closed here.
        SocketChannel.open().close();
        return new Poller(Selector.open());
    }

    /**
     * Watches a source from now on.
     *
     * @throws IOException if the channel is closed
     * @throws java.nio.channels.IllegalBlockingModeException if the channel is in blocking mode
     * @throws IllegalStateException if the source belongs to another poller, or it or its channel is registered already
     * @throws ClosedSelectorException if this poller is closed
     */
    public void register(Source source, Token token, Interest interest, Trigger trigger) throws IOException {
        check(token, interest, trigger);
        source.bind(this);
        source.register(this, token, interest, trigger);
    }

    /**
     * Watches a registered source in another way from now on; arms it anew, whatever its trigger.
     *
     * @throws IOException if the channel is closed
     * @throws IllegalStateException if the source is not registered here
     * @throws ClosedSelectorException if this poller is closed
     */
    public void reregister(Source source, Token token, Interest interest, Trigger trigger) throws IOException {
        check(token, interest, trigger);
        source.checkBound(this);
        source.reregister(token, interest, trigger);
    }

    /**
     * Watches a source no longer; an event of it that was not delivered yet is not delivered. Does nothing if it is not
     * registered.
     *
     * @throws IllegalStateException if the source belongs to another poller
     */
    public void deregister(Source source) {
        source.checkBound(this);
        source.deregister();
    }

    /**
     * Waits until a source is ready, the time is over, or another thread calls {@link #wakeUp()}; delivers the events on
     * the calling thread, outside all locks.
     *
     * <p>The selector waits for whole milliseconds: a wait is rounded up, except by a tenth of a millisecond, which it
     * takes longer anyway. So a wait lasts up to 1 ms longer than asked for, seldom a tenth of a millisecond less, and a
     * wait that is left over of another never spins.
     *
     * @param maxWaitNanos how long to wait at most; 0 means not at all, {@link Long#MAX_VALUE} without limit
     * @param handler gets each event; what it throws is thrown on, and the remaining events of this poll are then lost
     *     unless their trigger is {@link Trigger#LEVEL}
     * @return how many events were delivered
     * @throws IOException if the selector fails
     * @throws IllegalStateException if another thread is inside, or a handler calls this
     * @throws ClosedSelectorException if this poller is closed; if it closes meanwhile, returns
     */
    public int poll(long maxWaitNanos, Consumer<? super Event> handler) throws IOException {
        if (!isOpen()) {
            throw new ClosedSelectorException();
        }
        if (!inside.compareAndSet(false, true)) {
            throw new IllegalStateException("another thread is polling");
        }
        try {
            await(maxWaitNanos);
            int delivered = 0;
            for (int i = 0; i < found.size(); i++) {
                Registration registration = found.get(i);
                if (!registration.isOver()) {
                    handler.accept(registration);
                    delivered++;
                }
            }
            return delivered;
        } finally {
            for (int i = 0; i < found.size(); i++) {
                found.get(i).clear();
            }
            found.clear();
            inside.set(false);
        }
    }

    /** Makes the thread inside {@link #poll} return, or the next call return at once; several calls count as one. */
    public void wakeUp() {
        if (!wakeUp) {
            wakeUp = true;
            changed();
        }
    }

    /** Returns whether a thread is blocked in {@link #poll}; it sees every change. */
    public boolean isBlocked() {
        return state != RUNNING;
    }

    /** Returns the tokens of all registered sources. */
    public List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        if (isOpen()) {
            try {
                selector.keys().forEach(key -> tokens.add(((Registration) key.attachment()).token()));
            } catch (ClosedSelectorException e) {
                return List.of(); // closed just now: nothing is registered any more
            }
            users.forEach(user -> tokens.add(user.token()));
        }
        return tokens;
    }

    /** Returns how many sources are registered; a channel that was deregistered counts until the next poll. */
    public int registered() {
        try {
            return selector.keys().size() + users.size();
        } catch (ClosedSelectorException e) {
            return 0;
        }
    }

    /** Returns how many times the selector was asked so far. */
    public long polls() {
        return polls.get();
    }

    /** Returns how many times a blocked selector was woken up so far. */
    public long wakeUps() {
        return wakeUps.get();
    }

    /** Returns whether this poller is open. */
    public boolean isOpen() {
        return selector.isOpen();
    }

    /**
     * Deregisters all sources, which may then be registered with another poller, and makes the thread inside return.
     *
     * @throws IOException if the selector cannot be closed properly
     */
    @Override
    public void close() throws IOException {
        selector.close();
        users.clear();
        queue.clear();
    }

    // for sources and their registrations

    SelectionKey registerKey(SelectableChannel channel, int operations, Registration registration) throws IOException {
        SelectionKey present = channel.keyFor(selector);
        if (present != null && present.isValid()) {
            throw new IllegalStateException(channel + " is registered already");
        }
        return channel.register(selector, operations, registration);
    }

    /** Has the selector forget a key of this channel that was cancelled. */
    void flush(SelectableChannel channel) throws IOException {
        while (channel.keyFor(selector) != null) {
            if (selecting.tryLock()) {
                try {
                    selector.selectNow(key -> {}); // reports nothing: whoever polls next finds the same again
                } finally {
                    selecting.unlock();
                }
            } else {
                changed();
                LockSupport.parkNanos(FLUSH_PAUSE);
            }
        }
    }

    /** Something was changed that a blocked selector must see. */
    void changed() {
        if (state == BLOCKED && STATE.compareAndSet(this, BLOCKED, WOKEN)) {
            wakeUps.incrementAndGet();
            selector.wakeup();
        }
    }

    /** Puts a registration among those that this poll reports; for the thread inside. */
    void note(Registration registration) {
        found.add(registration);
    }

    void queue(UserRegistration registration) {
        queue.add(registration);
        changed();
    }

    void added(UserRegistration registration) {
        if (!isOpen()) {
            throw new ClosedSelectorException();
        }
        users.add(registration);
    }

    void removed(UserRegistration registration) {
        users.remove(registration);
    }

    private static void check(Token token, Interest interest, Trigger trigger) {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(interest, "interest");
        Objects.requireNonNull(trigger, "trigger");
    }

    private void await(long maxWaitNanos) throws IOException {
        long start = maxWaitNanos > 0 && maxWaitNanos != Long.MAX_VALUE ? System.nanoTime() : 0;
        long left = maxWaitNanos;
        while (true) {
            select(left);
            takeQueued();
            if (wakeUp) {
                wakeUp = false;
                return;
            }
            if (!found.isEmpty() || left <= 0 || !isOpen() || Thread.currentThread().isInterrupted()) {
                return;
            }
            if (maxWaitNanos != Long.MAX_VALUE) {
                left = maxWaitNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return;
                }
            }
        }
    }

    private void select(long wait) throws IOException {
        polls.lazySet(polls.get() + 1); // one thread at a time
        selecting.lock();
        try {
            if (wait <= 0) {
                selector.selectNow(collect);
                return;
            }
            state = BLOCKED;
            if (wakeUp || !queue.isEmpty()) {
                state = RUNNING;
                selector.selectNow(collect);
            } else {
                selector.select(collect, milliseconds(wait));
            }
        } catch (ClosedSelectorException e) {
            return; // closed while inside: this poll ends with what it has, and the next one throws
        } finally {
            state = RUNNING;
            selecting.unlock();
        }
    }

    /** Returns what to ask the selector for, to which 0 is for ever. */
    static long milliseconds(long wait) {
        if (wait == Long.MAX_VALUE) {
            return 0;
        }
        return Math.max(1, (wait - SLACK - 1) / MILLISECOND + 1);
    }

    private void collect(SelectionKey key) {
        int ready;
        try {
            ready = key.readyOps();
        } catch (CancelledKeyException closed) {
            return; // another thread has closed it since the selector found it ready
        }
        ((ChannelRegistration) key.attachment()).found(ready);
    }

    private void takeQueued() {
        if (queue.isEmpty()) {
            return;
        }
        List<UserRegistration> again = new ArrayList<>();
        // Each stands in the queue once at most; the bound is for those that are set again meanwhile.
        for (int left = users.size(); left > 0; left--) {
            UserRegistration registration = queue.poll();
            if (registration == null) {
                break;
            }
            if (registration.found()) {
                again.add(registration);
            }
        }
        queue.addAll(again);
    }
}
