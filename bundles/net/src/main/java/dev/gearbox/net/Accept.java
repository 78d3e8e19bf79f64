package dev.gearbox.net;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Waits for one connection, and sits failures out. */
final class Accept implements Pollable<TcpStream> {
    /** Null once finished. */
    private TcpListener listener;
    /** What follows a failure, or null. */
    private Pollable<Void> pause;

    Accept(TcpListener listener) {
        this.listener = listener;
    }

    @Override
    public Poll<TcpStream> poll(Waker waker) throws Exception {
        if (listener == null) {
            throw new IllegalStateException("polled again after it had finished");
        }
        boolean pending = false;
        try {
            TcpStream stream = proceed(waker);
            pending = stream == null;
            return pending ? Poll.pending() : Poll.ready(stream);
        } finally {
            if (!pending) {
                close();
            }
        }
    }

    private TcpStream proceed(Waker waker) throws Exception {
        // First, so that a close or a connection that comes after the looking is not missed.
        listener.waiters().add(this, waker);
        while (true) {
            if (pause != null && !pause.poll(waker).isReady() && listener.isOpen()) {
                return null;
            }
            endPause();
            try {
                TcpStream stream = listener.tryAccept();
                if (stream == null) {
                    listener.waiters().askSource();
                }
                return stream;
            } catch (ClosedChannelException closed) {
                throw closed;
            } catch (IOException failure) {
                pause = listener.pauseAfter(failure);
            }
        }
    }

    private void endPause() {
        if (pause != null) {
            pause.close();
            pause = null;
        }
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.waiters().remove(this);
            listener = null;
            endPause();
        }
    }
}
