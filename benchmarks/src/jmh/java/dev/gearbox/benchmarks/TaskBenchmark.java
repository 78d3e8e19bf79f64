package dev.gearbox.benchmarks;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What the four benchmarks of tasks have in common. */
public abstract class TaskBenchmark extends GearboxBenchmark {
    /** The scheduler, or the peer. */
    @Param({"adaptive", "classic", "netty", "forkjoin", "completable", "virtual", "kotlin"})
    public String on;

    TaskEngine engine;

    @Setup
    public final void start() {
        engine = TaskEngine.of(on);
    }

    @TearDown
    public final void stop() {
        engine.close();
    }
}
