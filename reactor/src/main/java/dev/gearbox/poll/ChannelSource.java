package dev.gearbox.poll;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/**
 * A channel as a source: TCP and Unix-domain sockets and listeners, UDP sockets, ends of pipes. Thread-safe.
 *
 * <p>The channel must be in non-blocking mode while it is registered, and have one source only. Closing the channel
 * deregisters it without an event; the channel really closes when the poller has polled next, so
 * {@linkplain Poller#deregister deregister} first.
 */
public final class ChannelSource extends Source {
    private final SelectableChannel channel;
    private volatile ChannelRegistration registration;

    /** Makes a source of this channel; nothing happens to it until it is registered. */
    public ChannelSource(SelectableChannel channel) {
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    /** Returns the channel. */
    public SelectableChannel channel() {
        return channel;
    }

    /**
     * Reads from the channel, and arms an {@linkplain Trigger#EDGE edge} again if that would block.
     *
     * @return how many bytes were read; 0 if it would block, -1 at the end
     * @throws IOException if reading fails
     * @throws ClassCastException if the channel is not a {@link ReadableByteChannel}
     */
    public int read(ByteBuffer target) throws IOException {
        int read = ((ReadableByteChannel) channel).read(target);
        if (read == 0 && target.hasRemaining()) {
            wouldBlock(Interest.READABLE);
        }
        return read;
    }

    /**
     * Writes to the channel, and arms an {@linkplain Trigger#EDGE edge} again if bytes are left over.
     *
     * @return how many bytes were written; 0 if it would block
     * @throws IOException if writing fails
     * @throws ClassCastException if the channel is not a {@link WritableByteChannel}
     */
    public int write(ByteBuffer bytes) throws IOException {
        int written = ((WritableByteChannel) channel).write(bytes);
        if (bytes.hasRemaining()) {
            wouldBlock(Interest.WRITABLE);
        }
        return written;
    }

    /**
     * Says that an operation on the channel met "would block" (such as {@code accept}, {@code receive}, {@code
     * finishConnect}), which arms an {@linkplain Trigger#EDGE edge} again; does nothing for the other triggers.
     */
    public void wouldBlock(Interest which) {
        ChannelRegistration current = registration;
        if (current != null) {
            current.wouldBlock(which);
        }
    }

    @Override
    synchronized void register(Poller to, Token token, Interest interest, Trigger trigger) throws IOException {
        if (registration != null && registration.isLive()) {
            throw new IllegalStateException(this + " is registered already");
        }
        ChannelRegistration made = new ChannelRegistration(to, channel, token, interest, trigger);
        synchronized (made.lock) {
            while (true) {
                try {
                    made.setKey(to.registerKey(channel, made.operations(), made));
                    break;
                } catch (CancelledKeyException e) {
                    to.flush(channel);
                }
            }
        }
        registration = made;
        to.changed();
    }

    @Override
    void reregister(Token token, Interest interest, Trigger trigger) throws IOException {
        ChannelRegistration current = registration;
        if (current == null) {
            throw new IllegalStateException(this + " is not registered");
        }
        current.change(token, interest, trigger);
    }

    @Override
    synchronized void deregister() {
        ChannelRegistration current = registration;
        if (current != null) {
            registration = null;
            current.cancel();
        }
    }

    @Override
    public String toString() {
        return "source of " + channel;
    }
}
