package dev.gearbox.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * 10 000 tasks spawned by a thread that belongs to no scheduler.
 *
 * <pre>{@code benchmarks/run spawn-many}</pre>
 */
public class SpawnMany extends TaskBenchmark {
    @Benchmark
    public void run() throws Exception {
        engine.spawnMany(10_000);
    }
}
