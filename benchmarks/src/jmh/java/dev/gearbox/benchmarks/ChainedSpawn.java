package dev.gearbox.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * A task spawns the next, 1 000 deep.
 *
 * <pre>{@code benchmarks/run chained-spawn}</pre>
 */
public class ChainedSpawn extends TaskBenchmark {
    @Benchmark
    public void run() throws Exception {
        engine.chainedSpawn(1_000);
    }
}
