package dev.gearbox.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.gearbox.examples.minihttp.MiniHttp;
import dev.gearbox.net.Network;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many requests a second minihttp and Netty's HTTP server answer to wrk, which runs beside on the same processors, with
 * the latency {@code p99} in µs, and for each request the server's {@code cpu} time in µs and {@code bytes} allocated.
 *
 * <p>The fork is the server; wrk must be on the PATH. The score, the time that wrk runs, says nothing.
 *
 * <pre>{@code benchmarks/run http}</pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 2)
public class Http extends GearboxBenchmark {
    private static final int SECONDS = 2;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** The scheduler, or the peer with so many event loops. */
    @Param({"adaptive", "classic", "netty", "netty-2"})
    public String on;

    /** Threads and connections of wrk. */
    @Param({"-t1 -c50", "-t10 -c50", "-t1 -c500"})
    public String load;

    private int port;
    private AutoCloseable stop;

    @Setup
    public void start() throws Exception {
        switch (on) {
            case "netty" -> netty(1);
            case "netty-2" -> netty(2);
            default -> minihttp();
        }
    }

    private void netty(int loops) throws InterruptedException {
        NettyHttp server = new NettyHttp(loops);
        port = server.port();
        stop = server;
    }

    private void minihttp() throws Exception {
        GearboxEngine engine = new GearboxEngine(on);
        MiniHttp server = MiniHttp.start(
                engine.runtime(),
                Network.on(engine.runtime()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = server.port();
        stop = () -> {
            server.close();
            engine.close();
        };
    }

    @TearDown
    public void stop() throws Exception {
        stop.close();
    }

    /** What is told beside the score. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Told {
        public double requestsPerSecond;
        public double p99;
        public double cpu;
        public double bytes;
    }

    @Benchmark
    public void serve(Told told) throws Exception {
        long bytes = allocated();
        long cpu = SYSTEM.getProcessCpuTime();
        Wrk wrk = Wrk.run(load, SECONDS, port);
        double requests = wrk.requestsPerSecond() * SECONDS;
        told.cpu = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / requests;
        told.bytes = (allocated() - bytes) / requests;
        told.requestsPerSecond = wrk.requestsPerSecond();
        told.p99 = wrk.p99();
    }

    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0) // of a thread that has just ended it is -1
                .sum();
    }
}
