package dev.gearbox.benchmarks;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The time that one change of gear takes its caller, with no tasks, and with a thousand that yield all the time. There is
 * no peer: nobody else has a gear to change.
 *
 * <pre>{@code benchmarks/run swap}</pre>
 */
public class Swap extends GearboxBenchmark {
    /** How many tasks yield meanwhile. */
    @Param({"0", "1000"})
    public int tasks;

    private GearboxEngine engine;

    @Setup
    public void start() {
        engine = new GearboxEngine("adaptive");
        for (int i = 0; i < tasks; i++) {
            engine.runtime().spawn((Pollable<Void>) waker -> {
                waker.wake();
                return Poll.pending();
            });
        }
    }

    @TearDown
    public void stop() {
        engine.close();
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public void thereAndBack() {
        engine.gearbox().admin().use("classic");
        engine.gearbox().admin().use("adaptive");
    }
}
