package dev.gearbox.benchmarks;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One task spawns 100 that compute for some 20 µs each; the sooner the second worker takes half, the shorter it lasts.
 *
 * <pre>{@code benchmarks/run steal}</pre>
 */
public class Steal extends GearboxBenchmark {
    private static final int TASKS = 100;
    private static final int TOKENS = 10_000;

    /** The scheduler, or the peer. */
    @Param({"adaptive", "classic", "forkjoin", "virtual"})
    public String on;

    private Consumer<Runnable> spawn;
    private Runnable stop;

    @Setup
    public void start() {
        switch (on) {
            case "forkjoin" -> {
                ForkJoinPool pool = Peers.forkJoin();
                Executor executor = pool;
                spawn = executor::execute;
                stop = pool::shutdownNow;
            }
            case "virtual" -> {
                ThreadFactory threads = Peers.virtual();
                spawn = body -> threads.newThread(body).start();
                stop = () -> {};
            }
            default -> {
                GearboxEngine engine = new GearboxEngine(on);
                AsyncRuntime runtime = engine.runtime();
                spawn = body -> runtime.spawn((Pollable<Void>) waker -> {
                    body.run();
                    return Poll.ready(null);
                });
                stop = engine::close;
            }
        }
    }

    @TearDown
    public void stop() {
        stop.run();
    }

    @Benchmark
    public void hundred() throws Exception {
        Finish finish = new Finish(TASKS);
        spawn.accept(() -> {
            for (int i = 0; i < TASKS; i++) {
                spawn.accept(() -> {
                    Blackhole.consumeCPU(TOKENS);
                    finish.arrive();
                });
            }
        });
        finish.await();
    }
}
