package dev.gearbox.net;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/*
 * A Unix-domain socket connects at once or not at all: where the queue of the listener is full, Linux does not wait but
 * fails, with an error that cannot be told from others but by its text, and nothing tells when there is room. A blocking
 * connect waits for that. So: once without blocking, and if that fails for whatever reason, again in a blocking task, which
 * fails at once if it was not for the queue. Closing the channel ends a connect that waits.
 */
/** Connects to a Unix-domain address. */
final class UnixConnect implements Pollable<TcpStream> {
    private final AsyncRuntime runtime;
    private final UnixDomainSocketAddress address;
    /** The channel of the second try, until it is connected, and the task that connects it; or null. */
    private SocketChannel channel;

    private Task<Boolean> connecting;
    private boolean finished;

    UnixConnect(AsyncRuntime runtime, UnixDomainSocketAddress address) {
        this.runtime = runtime;
        this.address = address;
    }

    @Override
    public Poll<TcpStream> poll(Waker waker) throws Exception {
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

    private TcpStream proceed(Waker waker) throws Exception {
        if (connecting == null) {
            TcpStream connected = tryAtOnce();
            if (connected != null) {
                return connected;
            }
            SocketChannel opened = Channels.open(address);
            channel = opened;
            connecting = runtime.task().name("connect " + address).spawnBlocking(() -> connect(opened));
        }
        if (!connecting.poll(waker).isReady()) {
            return null;
        }
        SocketChannel opened = channel;
        channel = null;
        return TcpStream.register(runtime, opened);
    }

    /** Returns null if the address did not accept at once. */
    private TcpStream tryAtOnce() throws IOException {
        TcpStream attempt = TcpStream.register(runtime, Channels.open(address));
        try {
            if (attempt.connect(address)) {
                return attempt;
            }
        } catch (IOException notAtOnce) {
            Channels.logDebug("the first try to connect to " + address, notAtOnce);
        }
        Channels.closeReporting(attempt);
        return null;
    }

    private boolean connect(SocketChannel blocking) throws IOException {
        try {
            return blocking.connect(address);
        } catch (IOException failure) {
            throw Channels.naming(address, failure);
        }
    }

    @Override
    public void close() {
        finished = true;
        if (channel != null) {
            if (connecting != null) {
                connecting.cancel();
            }
            Channels.closeReporting(channel);
            channel = null;
        }
    }
}
