package dev.gearbox.sync;

/**
 * A bounded first-in first-out channel of messages from any number of senders to any number of receivers; each message is
 * received once.
 *
 * <p>Each task that sends or receives has a {@link Sender} or {@link Receiver} of its own and closes it. The channel closes
 * when the last open sender or the last open receiver is closed, or by {@link #close()}. When it has closed, sending fails;
 * messages inside can still be received, then receivers are at their end. If it was the last receiver that closed, the
 * messages inside are dropped.
 *
 * <pre>{@code
 * Channel<String> channel = Channel.bounded(64);
 * Sender<String> sender = channel.sender();
 * Receiver<String> receiver = channel.receiver();
 * runtime.spawn(() -> {
 *     try (sender) {
 *         return sender.send("hello").await();
 *     }
 * });
 * receiver.forEach(System.out::println).await();
 * }</pre>
 *
 * <p><b>Order.</b> Messages are received in the order in which they were sent: if one send ended before another began, its
 * message is received first.
 *
 * <p><b>Fairness.</b> Those who wait are woken in the order in which they came. Whoever is running may be faster than one
 * that was just woken, at most four times; then all others line up behind it.
 *
 * <p>Thread-safe.
 *
 * @param <T> the type of the messages
 */
public final class Channel<T> {
    private static final int MAX_CAPACITY = 1 << 30;

    final Buffer<T> buffer;
    private int senders;
    private int receivers;

    private Channel(int capacity) {
        buffer = new Buffer<>(capacity);
    }

    /**
     * Returns a channel that holds at most this many messages; the memory for their references is allocated now.
     *
     * @throws IllegalArgumentException if the capacity is below 1 or above 2<sup>30</sup>
     */
    public static <T> Channel<T> bounded(int capacity) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("capacity is " + capacity + ", must be from 1 to " + MAX_CAPACITY
                    + (capacity == 0 ? "; a channel without room (rendezvous) is not supported" : ""));
        }
        return new Channel<>(capacity);
    }

    /**
     * Returns a new open sender.
     *
     * <p>Make all senders before the first is closed, since the channel closes with the last open one.
     *
     * @throws ChannelClosedException if this channel has closed
     */
    public synchronized Sender<T> sender() {
        if (buffer.isClosed()) {
            throw new ChannelClosedException("the channel has closed");
        }
        senders++;
        return new Sender<>(this);
    }

    /** Returns a new open receiver; it gets messages that no other receiver has got. */
    public synchronized Receiver<T> receiver() {
        receivers++;
        return new Receiver<>(this);
    }

    /** Lets no more messages in; any number of calls. Waiting senders fail, receivers get what is inside. */
    public void close() {
        buffer.close();
    }

    /** Returns whether this channel lets no more messages in. */
    public boolean isClosed() {
        return buffer.isClosed();
    }

    /** Returns how many messages are inside at this moment. */
    public int size() {
        return buffer.size();
    }

    /** Returns how many messages it holds at most. */
    public int capacity() {
        return buffer.capacity();
    }

    void senderClosed() {
        boolean last;
        synchronized (this) {
            last = --senders == 0;
        }
        if (last) {
            close();
        }
    }

    void receiverClosed() {
        boolean last;
        synchronized (this) {
            last = --receivers == 0;
        }
        if (last) {
            close();
            buffer.drop();
        }
    }
}
