package dev.gearbox.examples.minihttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gearbox.net.Network;
import dev.gearbox.net.TcpListener;
import dev.gearbox.net.TcpStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionTest extends OnEachScheduler {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] HUNDRED_REQUESTS =
            "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);

    @Test
    void a_request_allocates_nothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TcpListener listener = Network.on(runtime()).listen(anyPort);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port(listener));
                TcpStream stream = listener.accept().await(LONG)) {
            Connection connection = new Connection(runtime(), stream, Timeouts.DEFAULT, new Buffers(), () -> {});
            AtomicInteger wakes = new AtomicInteger();
            int responseLength = 0;
            long allocated = Long.MAX_VALUE;
            for (int burst = 0; burst < 500; burst++) {
                client.getOutputStream().write(HUNDRED_REQUESTS);
                long before = threads.getCurrentThreadAllocatedBytes();
                assertThat(connection.poll(wakes::incrementAndGet).isReady()).isFalse();
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
                responseLength = client.getInputStream().available();
                client.getInputStream().skipNBytes(responseLength);
            }
            assertThat(responseLength).isEqualTo(100 * lengthOfResponse());
            assertThat(allocated).as("bytes for 100 requests and one wait").isLessThan(1_600);
            connection.close();
        }
    }

    private static int lengthOfResponse() {
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(Status.MAX_LENGTH);
        Status.OK.writeTo(out, Persistence.IMPLIED, false);
        return out.position();
    }

    private static int port(TcpListener listener) {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }
}
