package dev.gearbox.net;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.List;

/** Tries one internet address after another until one is connected. */
final class Connect implements Pollable<TcpStream> {
    private final AsyncRuntime runtime;
    private final Iterator<? extends SocketAddress> addresses;
    private SocketAddress address;
    /** The attempt under way, or null. */
    private TcpStream attempt;

    private IOException firstFailure;
    private boolean finished;

    Connect(AsyncRuntime runtime, List<? extends SocketAddress> addresses) {
        this.runtime = runtime;
        this.addresses = addresses.iterator();
        address = this.addresses.next();
    }

    @Override
    public Poll<TcpStream> poll(Waker waker) throws IOException {
        if (finished) {
            throw new IllegalStateException("polled again after it had finished");
        }
        boolean pending = false;
        try {
            TcpStream connected = proceed(waker);
            pending = connected == null;
            return pending ? Poll.pending() : Poll.ready(connected);
        } finally {
            if (!pending) {
                close();
            }
        }
    }

    /** Returns the stream, which belongs to the caller from then on, or null while there is none. */
    private TcpStream proceed(Waker waker) throws IOException {
        while (true) {
            try {
                boolean begun = attempt != null;
                if (!begun) {
                    attempt = TcpStream.register(runtime, Channels.open(address));
                }
                if (begun ? attempt.pollConnected(waker) : attempt.connect(address)) {
                    TcpStream connected = attempt;
                    attempt = null;
                    return connected;
                }
                if (begun) {
                    return null;
                }
            } catch (IOException failure) {
                abandonAttempt();
                tryNext(Channels.naming(address, failure));
            }
        }
    }

    private void tryNext(IOException failure) throws IOException {
        if (firstFailure == null) {
            firstFailure = failure;
        } else {
            firstFailure.addSuppressed(failure);
        }
        if (!addresses.hasNext()) {
            throw firstFailure;
        }
        address = addresses.next();
    }

    private void abandonAttempt() {
        TcpStream abandoned = attempt;
        attempt = null;
        if (abandoned != null) {
            Channels.closeReporting(abandoned);
        }
    }

    @Override
    public void close() {
        finished = true;
        abandonAttempt();
    }
}
