package dev.gearbox.examples.minihttp;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.io.AsyncInput;
import dev.gearbox.io.AsyncOutput;
import dev.gearbox.net.TcpStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;

/*
 * A round: answer what is in the input buffer, send the answers together, read more.
 *
 *   HEAD  --complete, no body---------------------> HEAD (response) or LAST (response, close asked for)
 *   HEAD  --complete, body-----> BODY --all skipped-> the same
 *   HEAD  --refused, BODY too large, timed out----> LAST (response)
 *   LAST  --all sent------------------------------> DRAIN --end, too much, timed out-> finished
 *
 * Between two rounds the input buffer is empty, unless the output buffer had no room for another response: then the round
 * sends and the next one answers the rest, and nothing is read before. That is the back-pressure: a client that sends
 * requests and takes no responses finds its own requests not taken.
 *
 * DRAIN: closing a socket at which bytes have arrived that were not read resets it, and the reset can overtake the last
 * response. So the sending side is closed, and what still comes is thrown away for a while.
 */
/** One client's connection, from its first request to its last. */
final class Connection implements Pollable<Void> {
    /** The longest body that is skipped, in bytes. */
    static final long MAX_BODY = 1024 * 1024;

    private static final Logger LOGGER = System.getLogger(Connection.class.getName());
    private static final int MAX_DRAIN = 256 * 1024;
    /** So many rounds in one poll; then others get their turn. */
    private static final int ROUNDS_PER_POLL = 16;

    private enum Phase {
        HEAD,
        BODY,
        LAST,
        DRAIN
    }

    /** What the present wait is for; each has its own timeout, which begins anew when a wait was for something else. */
    private enum Wait {
        NOTHING,
        NEXT_REQUEST,
        REST_OF_REQUEST,
        SENDING,
        CLOSE
    }

    private enum Outcome {
        GO_ON,
        WAITING,
        OVER
    }

    private final TcpStream stream;
    private final Timeouts timeouts;
    private final Buffers buffers;
    private final Runnable onEnd;
    private final RequestParser parser = new RequestParser();
    private final Deadline deadline;
    /** What was read and not yet looked at is between position and limit. */
    private final ByteBuffer in;
    /** Responses that are not yet sent are before the position. */
    private final ByteBuffer out;

    private Phase phase = Phase.HEAD;
    private Wait wait = Wait.NOTHING;
    private long bodyLeft;
    private int drained;
    private boolean closed;

    Connection(AsyncRuntime runtime, TcpStream stream, Timeouts timeouts, Buffers buffers, Runnable onEnd) {
        this.stream = stream;
        this.timeouts = timeouts;
        this.buffers = buffers;
        this.onEnd = onEnd;
        deadline = new Deadline(runtime);
        in = buffers.take().limit(0);
        out = buffers.take();
    }

    /** Ready when the connection is over, whichever way it ended. */
    @Override
    public Poll<Void> poll(Waker waker) throws Exception {
        boolean pending = false;
        try {
            Outcome outcome = Outcome.GO_ON;
            for (int rounds = 0; outcome == Outcome.GO_ON && rounds < ROUNDS_PER_POLL; rounds++) {
                outcome = round(waker);
            }
            if (outcome == Outcome.GO_ON) {
                waker.wake();
            }
            pending = outcome != Outcome.OVER;
        } catch (IOException gone) {
            LOGGER.log(Level.DEBUG, () -> "lost " + stream, gone);
        } finally {
            if (!pending) {
                close();
            }
        }
        return pending ? Poll.pending() : Poll.ready(null);
    }

    private Outcome round(Waker waker) throws Exception {
        answer();
        if (!pollSend(waker)) {
            return waitFor(Wait.SENDING, waker);
        }
        if (phase == Phase.LAST) {
            stream.shutdownOutput();
            in.limit(in.position());
            phase = Phase.DRAIN;
        }
        if (in.hasRemaining()) {
            return Outcome.GO_ON;
        }
        int count = pollReceive(waker);
        if (count == AsyncInput.END) {
            return Outcome.OVER;
        }
        if (count == AsyncInput.PENDING) {
            return waitFor(forClient(), waker);
        }
        return phase == Phase.DRAIN ? drain(count) : Outcome.GO_ON;
    }

    /** Answers what is in the input buffer, as far as there is room for responses. */
    private void answer() {
        while (in.hasRemaining() && out.remaining() >= Status.MAX_LENGTH) {
            switch (phase) {
                case HEAD -> readHead();
                case BODY -> skipBody();
                case LAST, DRAIN -> {
                    return;
                }
            }
        }
    }

    private void readHead() {
        int verdict = parser.parse(in);
        if (verdict == RequestParser.MORE) {
            return;
        }
        bodyLeft = parser.contentLength();
        if (verdict != RequestParser.COMPLETE) {
            refuse(Status.of(verdict));
        } else if (bodyLeft > MAX_BODY) {
            refuse(Status.CONTENT_TOO_LARGE);
        } else if (bodyLeft == 0) {
            respond();
        } else {
            if (parser.continueExpected() && !in.hasRemaining()) {
                Status.writeContinueTo(out);
            }
            phase = Phase.BODY;
            wait = Wait.NOTHING;
        }
    }

    private void skipBody() {
        int skipped = (int) Math.min(in.remaining(), bodyLeft);
        in.position(in.position() + skipped);
        bodyLeft -= skipped;
        if (bodyLeft == 0) {
            respond();
        }
    }

    private void respond() {
        boolean isHead = parser.isMethod("HEAD");
        Status status = !isHead && !parser.isMethod("GET")
                ? Status.METHOD_NOT_ALLOWED
                : parser.isRoot() ? Status.OK : Status.NOT_FOUND;
        Persistence persistence = parser.persistence();
        status.writeTo(out, persistence, isHead);
        parser.reset();
        phase = persistence == Persistence.CLOSE ? Phase.LAST : Phase.HEAD;
    }

    private void refuse(Status status) {
        status.writeTo(out, Persistence.CLOSE, parser.isMethod("HEAD"));
        phase = Phase.LAST;
    }

    /** Sends the responses; returns whether all are sent. */
    private boolean pollSend(Waker waker) throws IOException {
        if (out.position() == 0) {
            return true;
        }
        out.flip();
        try {
            while (out.hasRemaining()) {
                if (stream.pollWrite(out, waker) == AsyncOutput.PENDING) {
                    return false;
                }
                wait = Wait.NOTHING;
            }
            return true;
        } finally {
            out.compact();
        }
    }

    private int pollReceive(Waker waker) throws IOException {
        in.clear();
        try {
            return stream.pollRead(in, waker);
        } finally {
            in.flip();
        }
    }

    private Outcome drain(int count) {
        in.limit(in.position());
        drained += count;
        return drained > MAX_DRAIN ? Outcome.OVER : Outcome.GO_ON;
    }

    private Wait forClient() {
        return switch (phase) {
            case HEAD -> parser.isStarted() ? Wait.REST_OF_REQUEST : Wait.NEXT_REQUEST;
            case BODY -> Wait.REST_OF_REQUEST;
            case LAST, DRAIN -> Wait.CLOSE;
        };
    }

    private Outcome waitFor(Wait what, Waker waker) throws Exception {
        if (wait != what) {
            wait = what;
            deadline.set(timeoutOf(what));
        }
        if (!deadline.pollPassed(waker)) {
            return Outcome.WAITING;
        }
        if (what != Wait.REST_OF_REQUEST) {
            return Outcome.OVER;
        }
        refuse(Status.REQUEST_TIMEOUT);
        return Outcome.GO_ON;
    }

    private Duration timeoutOf(Wait what) {
        return switch (what) {
            case NOTHING, NEXT_REQUEST -> timeouts.idle();
            case REST_OF_REQUEST -> timeouts.request();
            case SENDING -> timeouts.response();
            case CLOSE -> timeouts.drain();
        };
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        deadline.close();
        try {
            stream.close();
        } catch (IOException failure) {
            LOGGER.log(Level.DEBUG, () -> "closing " + stream + " failed", failure);
        }
        buffers.giveBack(in);
        buffers.giveBack(out);
        onEnd.run();
    }
}
