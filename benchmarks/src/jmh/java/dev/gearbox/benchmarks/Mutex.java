package dev.gearbox.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Locks: a new one taken once, ten tasks that take one 1 000 times each, and one task that takes it 10 000 times.
 *
 * <p>The ten overlap wherever they run: all start together, and each keeps the lock over every hundredth yield.
 *
 * <pre>{@code benchmarks/run mutex-create mutex-contention mutex-free}</pre>
 */
public class Mutex extends GearboxBenchmark {
    /** How often a task of {@link #contention} gives way with the lock in hand. */
    static final int HOLD_EVERY = 100;

    /** The scheduler, or the lock of the JDK on virtual threads, or Kotlin's. */
    @Param({"adaptive", "classic", "synchronized", "reentrant", "fair", "semaphore", "kotlin"})
    public String on;

    MutexEngine engine;

    @Setup
    public void start() {
        engine = MutexEngine.of(on);
    }

    @TearDown
    public void stop() {
        engine.close();
    }

    @Benchmark
    public Object create() throws Exception {
        return engine.create();
    }

    @Benchmark
    public void contention() throws Exception {
        engine.lock(10, 1_000);
    }

    @Benchmark
    public void free() throws Exception {
        engine.lock(1, 10_000);
    }
}
