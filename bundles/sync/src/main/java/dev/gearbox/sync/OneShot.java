package dev.gearbox.sync;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * A channel for one value; this object is the receiving end, and {@link #sender()} the other.
 *
 * <p>As a pollable it ends with the value, with the failure that the sender gave, or with a
 * {@link NoSuchElementException} if the sender was closed without giving any. {@link #close()} tells the sender that nobody
 * will receive.
 *
 * <pre>{@code
 * OneShot<String> answer = new OneShot<>();
 * questions.send(new Question("why?", answer.sender())).await();
 * System.out.println(answer.await());
 * }</pre>
 *
 * <p>What the sender did before is visible to whoever receives. One thread at a time may receive, another may send.
 *
 * @param <T> the type of the value
 */
public final class OneShot<T> implements Pollable<T> {
    /*
     * One word holds everything:
     *
     *   null            nothing yet, nobody waits      -> a waker, an outcome, DROPPED
     *   a Waker         nothing yet, this one waits    -> another waker, an outcome, DROPPED
     *   a Poll.Ready    the value, as poll returns it  -> RECEIVED, DROPPED
     *   a Failure       the sender's exception         -> RECEIVED, DROPPED
     *   UNSENT          the sender was closed          -> RECEIVED, DROPPED
     *   RECEIVED        the receiver has got one of these three, for good
     *   DROPPED         the receiver was closed before, for good
     *
     * No class of outcome implements Waker, and a value is always wrapped, so the word cannot be misread.
     */

    private static final VarHandle STATE;
    private static final Object UNSENT = new Object();
    private static final Object RECEIVED = new Object();
    private static final Object DROPPED = new Object();

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(OneShot.class, "state", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private record Failure(Exception exception) {}

    private final Sender<T> sender = new Sender<>(this);
    private volatile Object state;

    /** Makes one that nothing was sent to. */
    public OneShot() {}

    /** Returns the sending end, the same at each call. */
    public Sender<T> sender() {
        return sender;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Poll<T> poll(Waker waker) throws Exception {
        Object seen = state;
        while (seen == null || seen instanceof Waker) {
            if (seen == waker || STATE.compareAndSet(this, seen, waker)) {
                return Poll.pending();
            }
            seen = state;
        }
        if (seen == RECEIVED || seen == DROPPED) {
            throw new IllegalStateException("polled again after it had finished");
        }
        state = RECEIVED;
        if (seen instanceof Failure failure) {
            throw failure.exception();
        }
        if (seen == UNSENT) {
            throw new NoSuchElementException("the sender was closed without sending");
        }
        return (Poll<T>) seen;
    }

    /** Gives up receiving: sending returns false from now on, and a value that was sent already is dropped. */
    @Override
    public void close() {
        Object seen;
        do {
            seen = state;
        } while (seen != RECEIVED && !STATE.compareAndSet(this, seen, DROPPED));
    }

    /** Sets the outcome and wakes, unless there is one already; returns the one there was, or null. */
    private Object settle(Object outcome) {
        Object seen = state;
        while (seen == null || seen instanceof Waker) {
            if (STATE.compareAndSet(this, seen, outcome)) {
                if (seen instanceof Waker waker) {
                    waker.wake();
                }
                return null;
            }
            seen = state;
        }
        return seen;
    }

    /**
     * The sending end of a {@link OneShot}; the first send, failure or close settles it. Never waits. Thread-safe.
     *
     * @param <T> the type of the value
     */
    public static final class Sender<T> implements AutoCloseable {
        private final OneShot<T> oneShot;

        private Sender(OneShot<T> oneShot) {
            this.oneShot = oneShot;
        }

        /**
         * Sends the value, which may be null.
         *
         * @return false if the receiver was closed, so that nobody gets it
         * @throws IllegalStateException if this sender has sent, failed or been closed before
         */
        public boolean send(T value) {
            return settleOnce(Poll.ready(value));
        }

        /**
         * Makes the receiver fail with this exception.
         *
         * @return false if the receiver was closed, so that nobody gets it
         * @throws IllegalStateException if this sender has sent, failed or been closed before
         */
        public boolean fail(Exception failure) {
            return settleOnce(new Failure(Objects.requireNonNull(failure, "failure")));
        }

        /** Returns whether the receiver was closed, so that there is no use in preparing a value. */
        public boolean isReceiverClosed() {
            return oneShot.state == DROPPED;
        }

        /** Makes the receiver fail with a {@link NoSuchElementException}, unless this sender has sent or failed. */
        @Override
        public void close() {
            oneShot.settle(UNSENT);
        }

        private boolean settleOnce(Object outcome) {
            Object earlier = oneShot.settle(outcome);
            if (earlier != null && earlier != DROPPED) {
                throw new IllegalStateException("the sender has sent, failed or been closed before");
            }
            return earlier == null;
        }
    }
}
