package dev.gearbox.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * 1 000 pairs of tasks, a message there and back over two one-shots.
 *
 * <pre>{@code benchmarks/run ping-pong}</pre>
 */
public class PingPong extends TaskBenchmark {
    @Benchmark
    public void run() throws Exception {
        engine.pingPong(1_000);
    }
}
