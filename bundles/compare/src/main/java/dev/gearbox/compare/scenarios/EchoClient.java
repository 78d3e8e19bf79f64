package dev.gearbox.compare.scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A plain thread that sends a byte to an echo server every 10 ms and waits for the answer. */
final class EchoClient {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Longer than any answer takes: what is not there by then never comes. */
    private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private final Socket socket;
    private final Thread thread = new Thread(this::run, "compare-client");
    private double[] latencies = new double[1_000];
    private int count;
    private IOException failure;
    private volatile boolean closed;

    EchoClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            long next = System.nanoTime();
            for (int number = 0; !closed; number++) {
                next += PERIOD_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
                request(number & 0x7f);
            }
        } catch (IOException broken) {
            synchronized (this) {
                failure = broken;
            }
        }
    }

    private void request(int number) throws IOException {
        long start = System.nanoTime();
        socket.getOutputStream().write(number);
        int answer = socket.getInputStream().read();
        if (answer != number) {
            throw new IOException("the echo of " + number + " is " + answer);
        }
        add((System.nanoTime() - start) / 1e6);
    }

    private synchronized void add(double latency) {
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] = latency;
    }

    /** Returns how long each answer took so far, in milliseconds, in the order of the requests. */
    synchronized double[] answered() {
        return Arrays.copyOf(latencies, count);
    }

    /**
     * Ends the thread, then the connection.
     *
     * @throws IOException if an answer was wrong, or did not come
     */
    void close() throws IOException, InterruptedException {
        closed = true;
        thread.join(LIMIT_MILLIS);
        socket.close();
        thread.join();
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
