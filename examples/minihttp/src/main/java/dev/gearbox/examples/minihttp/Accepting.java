package dev.gearbox.examples.minihttp;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.net.TcpListener;
import dev.gearbox.net.TcpStream;
import java.nio.channels.ClosedChannelException;

/** Accepts connections while there are places for them, until the listener is closed. */
final class Accepting implements Pollable<Void> {
    /** So many connections in one poll; then others get their turn. */
    private static final int ACCEPTS_PER_POLL = 64;

    private final TcpListener listener;
    private final Connections connections;
    /** The accept under way, or null. */
    private Pollable<TcpStream> accept;

    Accepting(TcpListener listener, Connections connections) {
        this.listener = listener;
        this.connections = connections;
    }

    @Override
    public Poll<Void> poll(Waker waker) throws Exception {
        for (int accepts = 0; accepts < ACCEPTS_PER_POLL; accepts++) {
            if (!connections.pollPlace(waker)) {
                return Poll.pending();
            }
            if (accept == null) {
                accept = listener.accept();
            }
            Poll<TcpStream> accepted;
            try {
                accepted = accept.poll(waker);
            } catch (ClosedChannelException closed) {
                return Poll.ready(null);
            }
            if (!accepted.isReady()) {
                return Poll.pending();
            }
            accept = null;
            connections.serve(accepted.value());
        }
        waker.wake();
        return Poll.pending();
    }

    @Override
    public void close() {
        if (accept != null) {
            accept.close();
            accept = null;
        }
    }
}
