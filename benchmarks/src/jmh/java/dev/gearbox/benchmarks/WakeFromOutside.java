package dev.gearbox.benchmarks;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A thread outside wakes a task that waits, and spins until that has run.
 *
 * <pre>{@code benchmarks/run wake}</pre>
 */
public class WakeFromOutside extends GearboxBenchmark {
    /** The scheduler, or the peer. */
    @Param({"adaptive", "classic", "netty", "forkjoin", "virtual"})
    public String on;

    private volatile long answered;
    private volatile boolean stopped;
    private long asked;
    private Runnable wake;
    private Runnable stop;

    @Setup
    public void start() throws Exception {
        switch (on) {
            case "netty" -> {
                MultiThreadIoEventLoopGroup group = Peers.netty(1);
                execute(group.next(), group::shutdownGracefully);
            }
            case "forkjoin" -> {
                ForkJoinPool pool = Peers.forkJoin();
                execute(pool, pool::shutdownNow);
            }
            case "virtual" -> {
                Thread thread = Peers.virtual().newThread(this::answer);
                thread.start();
                wake = () -> LockSupport.unpark(thread);
                stop = () -> {
                    stopped = true;
                    LockSupport.unpark(thread);
                };
            }
            default -> gearbox();
        }
    }

    private void execute(Executor executor, Runnable stop) {
        Runnable answer = () -> answered++;
        wake = () -> executor.execute(answer);
        this.stop = stop;
    }

    private void answer() {
        while (!stopped) {
            LockSupport.park(this);
            if (answered != asked) {
                answered++;
            }
        }
    }

    private void gearbox() throws Exception {
        GearboxEngine engine = new GearboxEngine(on);
        Waiting waiting = new Waiting();
        engine.runtime().spawn(waiting);
        while (waiting.waker == null) {
            Thread.onSpinWait();
        }
        wake = waiting.waker::wake;
        stop = engine::close;
    }

    private final class Waiting implements Pollable<Void> {
        volatile Waker waker;

        @Override
        public Poll<Void> poll(Waker mine) {
            if (waker == null) {
                waker = mine;
            } else {
                answered++;
            }
            return Poll.pending();
        }
    }

    @TearDown
    public void stop() {
        stop.run();
    }

    @Benchmark
    public void wake() {
        long expected = ++asked;
        wake.run();
        while (answered != expected) {
            Thread.onSpinWait();
        }
    }
}
