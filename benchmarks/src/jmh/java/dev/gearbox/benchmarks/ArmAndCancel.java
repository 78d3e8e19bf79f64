package dev.gearbox.benchmarks;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The time to arm a timer of ten seconds and cancel it; a thousand are armed at any time before the first is cancelled.
 *
 * <pre>{@code benchmarks/run arm-and-cancel}</pre>
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ArmAndCancel extends GearboxBenchmark {
    private static final int TIMERS = 1_000;
    private static final Waker NOBODY = () -> {};

    /** The scheduler, whose thread watches our timers, or the peer. */
    @Param({"adaptive", "classic", "wheel", "scheduled"})
    public String on;

    private Runnable thousand;
    private Runnable stop;

    @Setup
    public void start() throws Exception {
        switch (on) {
            case "wheel" -> wheel();
            case "scheduled" -> scheduled();
            default -> gearbox();
        }
    }

    private void gearbox() {
        GearboxEngine engine = new GearboxEngine(on);
        Pollable<?>[] armed = new Pollable<?>[TIMERS];
        Duration ten = Duration.ofSeconds(10);
        thousand = () -> {
            try {
                for (int i = 0; i < TIMERS; i++) {
                    armed[i] = engine.runtime().sleep(ten);
                    armed[i].poll(NOBODY);
                }
            } catch (Exception never) {
                throw new AssertionError(never);
            }
            for (Pollable<?> sleep : armed) {
                sleep.close();
            }
        };
        stop = engine::close;
    }

    private void wheel() {
        HashedWheelTimer timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
        Timeout[] armed = new Timeout[TIMERS];
        TimerTask nothing = timeout -> {};
        thousand = () -> {
            for (int i = 0; i < TIMERS; i++) {
                armed[i] = timer.newTimeout(nothing, 10, TimeUnit.SECONDS);
            }
            for (Timeout timeout : armed) {
                timeout.cancel();
            }
        };
        stop = timer::stop;
    }

    private void scheduled() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2);
        executor.setRemoveOnCancelPolicy(true);
        Future<?>[] armed = new Future<?>[TIMERS];
        Runnable nothing = () -> {};
        thousand = () -> {
            for (int i = 0; i < TIMERS; i++) {
                armed[i] = executor.schedule(nothing, 10, TimeUnit.SECONDS);
            }
            for (Future<?> future : armed) {
                future.cancel(false);
            }
        };
        stop = executor::shutdownNow;
    }

    @TearDown
    public void stop() {
        stop.run();
    }

    @Benchmark
    @OperationsPerInvocation(TIMERS)
    public void armAndCancel() {
        thousand.run();
    }
}
