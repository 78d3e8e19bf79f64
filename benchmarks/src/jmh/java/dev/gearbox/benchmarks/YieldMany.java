package dev.gearbox.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * 200 tasks, all started, yield 1 000 times each.
 *
 * <pre>{@code benchmarks/run yield-many}</pre>
 */
public class YieldMany extends TaskBenchmark {
    @Benchmark
    public void run() throws Exception {
        engine.yieldMany(200, 1_000);
    }
}
