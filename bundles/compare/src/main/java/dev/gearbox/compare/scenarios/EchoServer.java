package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import dev.gearbox.io.AsyncInput;
import dev.gearbox.io.AsyncOutput;
import dev.gearbox.net.Network;
import dev.gearbox.net.TcpListener;
import dev.gearbox.net.TcpStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Sends back what one connection on the loopback address brings, byte by byte, until the client closes it. */
final class EchoServer {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TcpListener listener;
    private final Task<Void> connection;

    EchoServer(AsyncRuntime runtime) throws IOException {
        listener = Network.on(runtime).listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        connection = runtime.spawn(listener.accept().then(Echo::new));
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /**
     * Waits until the task of the connection has ended, which the client has closed.
     *
     * @throws Exception what it failed with
     */
    void awaitEnd() throws Exception {
        connection.await(LIMIT);
    }

    /** Listens no more. */
    void close() throws IOException {
        listener.close();
    }

    private static final class Echo implements Pollable<Void> {
        private final TcpStream stream;
        private final ByteBuffer buffer = ByteBuffer.allocate(1);

        Echo(TcpStream stream) {
            this.stream = stream;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws IOException {
            while (true) {
                if (buffer.position() == 0) {
                    int count = stream.pollRead(buffer, waker);
                    if (count == AsyncInput.PENDING) {
                        return Poll.pending();
                    }
                    if (count < 0) {
                        stream.close();
                        return Poll.ready(null);
                    }
                }
                buffer.flip();
                if (stream.pollWrite(buffer, waker) == AsyncOutput.PENDING) {
                    buffer.position(1).limit(1);
                    return Poll.pending();
                }
                buffer.clear();
            }
        }
    }
}
