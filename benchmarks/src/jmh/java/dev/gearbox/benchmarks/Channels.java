package dev.gearbox.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The time of one message through a bounded channel, from one or four senders to one or four receivers.
 *
 * <pre>{@code benchmarks/run channel}</pre>
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Channels extends GearboxBenchmark {
    private static final int MESSAGES = 10_000;

    /** The scheduler, or {@code ArrayBlockingQueue} on virtual threads, or Kotlin's channel. */
    @Param({"adaptive", "classic", "queue", "kotlin"})
    public String on;

    /** Senders and receivers. */
    @Param({"1-1", "4-1", "4-4"})
    public String shape;

    @Param({"1", "100"})
    public int capacity;

    ChannelEngine engine;

    @Setup
    public void start() {
        engine = ChannelEngine.of(on);
    }

    @TearDown
    public void stop() {
        engine.close();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void send() throws Exception {
        engine.send(MESSAGES, shape.charAt(0) - '0', shape.charAt(2) - '0', capacity);
    }
}
