package dev.gearbox.scheduler.adaptive;

import dev.gearbox.benchmarks.GearboxTasks;
import dev.gearbox.benchmarks.Jvm;
import dev.gearbox.runtime.RuntimeCore;
import dev.gearbox.support.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * The four loads of tasks on the adaptive scheduler as it is, and on one whose monitor is never started.
 *
 * <p>Neither has a reactor or timers, so that they differ in the monitor alone.
 *
 * <pre>{@code benchmarks/run monitor-overhead}</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 10, jvmArgsAppend = {Jvm.TWO, Jvm.HEAP, Jvm.MOST_HEAP})
public class MonitorOverhead {
    /** With the monitor, or without. */
    @Param({"with", "without"})
    public String on;

    @Param({"chained-spawn", "ping-pong", "spawn-many", "yield-many"})
    public String load;

    private GearboxTasks tasks;

    @Setup
    public void start() {
        Consumer<Thread> starter = on.equals("with") ? Thread::start : MonitorOverhead::startUnlessMonitor;
        AdaptiveScheduler scheduler = new AdaptiveScheduler(Settings.defaults(), Clock.SYSTEM, starter);
        RuntimeCore core = new RuntimeCore();
        core.addScheduler(1, 0, scheduler);
        tasks = new GearboxTasks(core.owner("benchmark"), () -> {
            core.close();
            scheduler.close();
        });
    }

    private static void startUnlessMonitor(Thread thread) {
        if (thread instanceof Machine) {
            thread.start();
        }
    }

    @TearDown
    public void stop() {
        tasks.close();
    }

    @Benchmark
    public void run() throws Exception {
        switch (load) {
            case "chained-spawn" -> tasks.chainedSpawn(1_000);
            case "ping-pong" -> tasks.pingPong(1_000);
            case "spawn-many" -> tasks.spawnMany(10_000);
            default -> tasks.yieldMany(200, 1_000);
        }
    }
}
