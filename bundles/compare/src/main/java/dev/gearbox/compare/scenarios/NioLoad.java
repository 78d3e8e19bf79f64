package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.runner.Statistics;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A load generator of plain threads and selectors within this process, for where wrk is not installed. */
final class NioLoad implements HttpLoad {
    private static final ByteBuffer REQUEST = StandardCharsets.US_ASCII
            .encode("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            .asReadOnlyBuffer();
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final int BUFFER_BYTES = 8_192;
    private static final int SELECT_MILLIS = 100;

    @Override
    public String name() {
        return "a client within the process";
    }

    @Override
    public Outcome run(int port, int threads, int connections, int seconds) throws IOException, InterruptedException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ExecutorService executor = Executors.newFixedThreadPool(threads, body -> new Thread(body, "http-load"));
        try {
            long start = System.nanoTime();
            long end = start + seconds * 1_000_000_000L;
            List<Callable<Client>> clients = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int share = connections / threads + (i < connections % threads ? 1 : 0);
                clients.add(() -> new Client(address, share, end).load());
            }
            List<Future<Client>> done = executor.invokeAll(clients);
            return outcome(done, (System.nanoTime() - start) / 1e9);
        } finally {
            executor.shutdownNow();
        }
    }

    private static Outcome outcome(List<Future<Client>> done, double seconds) throws IOException, InterruptedException {
        List<double[]> all = new ArrayList<>();
        for (Future<Client> one : done) {
            try {
                all.add(one.get().latencies());
            } catch (ExecutionException failure) {
                throw new IOException("the load generator failed: " + failure.getCause(), failure.getCause());
            }
        }
        double[] sorted = all.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        if (sorted.length == 0) {
            throw new IOException("no request was answered in " + seconds + " s");
        }
        return new Outcome(
                sorted.length,
                sorted.length / seconds,
                Statistics.percentile(sorted, 50),
                Statistics.percentile(sorted, 99),
                "");
    }

    /** The connections of one thread. */
    private static final class Client {
        private final InetSocketAddress address;
        private final int connections;
        private final long end;
        private double[] latencies = new double[1 << 16];
        private int count;

        Client(InetSocketAddress address, int connections, long end) {
            this.address = address;
            this.connections = connections;
            this.end = end;
        }

        double[] latencies() {
            return Arrays.copyOf(latencies, count);
        }

        Client load() throws IOException {
            List<Connection> open = new ArrayList<>();
            try (Selector selector = Selector.open()) {
                for (int i = 0; i < connections; i++) {
                    open.add(new Connection(address, selector));
                }
                for (Connection connection : open) {
                    connection.send();
                }
                while (System.nanoTime() < end) {
                    selector.select(this::ready, SELECT_MILLIS);
                }
            } catch (UncheckedFailure failure) {
                throw failure.cause;
            } finally {
                for (Connection connection : open) {
                    connection.channel.close();
                }
            }
            return this;
        }

        private void ready(SelectionKey key) {
            Connection connection = (Connection) key.attachment();
            try {
                if (connection.receive()) {
                    record((System.nanoTime() - connection.sent) / 1e6);
                    connection.send();
                }
            } catch (IOException failure) {
                throw new UncheckedFailure(failure);
            }
        }

        private void record(double latency) {
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = latency;
        }
    }

    /** Carries a failure out of a selector's callback. */
    private static final class UncheckedFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient IOException cause;

        UncheckedFailure(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /** One connection with at most one request under way. */
    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        private long sent;

        Connection(InetSocketAddress address, Selector selector) throws IOException {
            channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send() throws IOException {
            sent = System.nanoTime();
            ByteBuffer request = REQUEST.duplicate();
            channel.write(request);
            if (request.hasRemaining()) {
                throw new IOException("a request of " + request.limit() + " bytes does not fit into the socket's buffer");
            }
        }

        /** Returns whether the response is complete. */
        boolean receive() throws IOException {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the server has closed a connection");
            }
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head < 0) {
                return false;
            }
            if (!text.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("the server answers " + text.lines().findFirst().orElse(""));
            }
            Matcher length = LENGTH.matcher(text);
            int expected = head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
            if (buffer.position() > expected) {
                throw new IOException("a response is longer than it says");
            }
            boolean complete = buffer.position() == expected;
            if (complete) {
                buffer.clear();
            }
            return complete;
        }
    }
}
