package dev.gearbox.poll;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** The registration of a channel: keeps its selection key's operations as what is armed. */
final class ChannelRegistration extends Registration {
    private final int readOperations;
    private final int writeOperations;
    private SelectionKey key;

    ChannelRegistration(Poller poller, SelectableChannel channel, Token token, Interest interest, Trigger trigger) {
        super(poller, token, interest, trigger);
        // Of OP_CONNECT and OP_WRITE a selector reports the one that fits the state of the socket.
        this.readOperations = channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
        this.writeOperations = channel.validOps() & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT);
    }

    /** Returns the operations of what is armed. */
    int operations() {
        return (armed.isReadable() ? readOperations : 0) | (armed.isWritable() ? writeOperations : 0);
    }

    void setKey(SelectionKey newKey) {
        key = newKey;
    }

    /** Returns whether neither this nor the channel nor the poller has ended. */
    boolean isLive() {
        synchronized (lock) {
            return !over && key.isValid();
        }
    }

    /** Takes over a changed registration. */
    void change(Token newToken, Interest newInterest, Trigger newTrigger) throws ClosedChannelException {
        synchronized (lock) {
            Interest before = armed;
            set(newToken, newInterest, newTrigger);
            if (!isLive()) {
                if (!poller.isOpen()) {
                    throw new ClosedSelectorException();
                }
                throw new ClosedChannelException();
            }
            if (armed != before) {
                try {
                    key.interestOps(operations());
                } catch (CancelledKeyException e) {
                    throw new ClosedChannelException();
                }
            }
        }
        poller.changed();
    }

    /** An operation met "would block": an edge is armed again. */
    void wouldBlock(Interest which) {
        synchronized (lock) {
            Interest more = armed.plus(which.and(interest));
            if (over || trigger != Trigger.EDGE || more == armed) {
                return;
            }
            armed = more;
            updateKey();
        }
        poller.changed();
    }

    /** The selector found the channel ready; for the polling thread, inside the selector's locks. */
    void found(int operations) {
        synchronized (lock) {
            Interest ready = Interest.NONE;
            if ((operations & readOperations) != 0) {
                ready = Interest.READABLE;
            }
            if ((operations & writeOperations) != 0) {
                ready = ready.plus(Interest.WRITABLE);
            }
            ready = ready.and(armed);
            if (ready == Interest.NONE) {
                return;
            }
            note(ready);
            if (trigger != Trigger.LEVEL) {
                armed = trigger == Trigger.EDGE ? armed.minus(ready) : Interest.NONE;
                updateKey();
            }
        }
    }

    void cancel() {
        synchronized (lock) {
            over = true;
            key.cancel();
        }
        poller.changed();
    }

    private void updateKey() {
        try {
            key.interestOps(operations());
        } catch (CancelledKeyException e) {
            over = true; // the channel has closed; its next operation says so
        }
    }
}
