package dev.gearbox.benchmarks;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import io.netty.util.HashedWheelTimer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
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
 * How much later than due 100 000 sleeps of 0 to 50 ms end that are begun at once; {@code p50} and {@code p99} in µs.
 *
 * <p>Only sleeps count that were begun before they were due. The score is the time until the last one ended.
 *
 * <pre>{@code benchmarks/run lateness}</pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
public class Lateness extends GearboxBenchmark {
    private static final int SLEEPS = 100_000;
    private static final int LONGEST_MICROS = 50_000;

    /** The scheduler, or the peer. */
    @Param({"adaptive", "classic", "scheduled", "wheel", "virtual"})
    public String on;

    /** Begins sleep i, which is due then, and at its end calls {@link #ended}. */
    private interface Sleeper {
        void begin(int i, long due);
    }

    private final long[] late = new long[SLEEPS];
    private Finish finish;
    private Sleeper sleeper;
    private Runnable stop;

    @Setup
    public void start() {
        switch (on) {
            case "scheduled" -> {
                ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2);
                sleeper = (i, due) -> executor.schedule(
                        () -> ended(i, due), due - System.nanoTime(), TimeUnit.NANOSECONDS);
                stop = executor::shutdownNow;
            }
            case "wheel" -> {
                HashedWheelTimer timer = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
                sleeper = (i, due) -> timer.newTimeout(
                        timeout -> ended(i, due), due - System.nanoTime(), TimeUnit.NANOSECONDS);
                stop = timer::stop;
            }
            case "virtual" -> {
                ThreadFactory threads = Peers.virtual();
                sleeper = (i, due) -> threads.newThread(() -> sleep(i, due)).start();
                stop = () -> {};
            }
            default -> {
                GearboxEngine engine = new GearboxEngine(on);
                AsyncRuntime runtime = engine.runtime();
                sleeper = (i, due) -> runtime.spawn(new Sleeping(i, due, runtime));
                stop = engine::close;
            }
        }
    }

    @TearDown
    public void stop() {
        stop.run();
    }

    private void sleep(int i, long due) {
        try {
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            ended(i, due);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }

    private final class Sleeping implements Pollable<Void> {
        private final int i;
        private final long due;
        private final AsyncRuntime runtime;
        private Pollable<Void> sleep;

        Sleeping(int i, long due, AsyncRuntime runtime) {
            this.i = i;
            this.due = due;
            this.runtime = runtime;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            if (sleep == null) {
                sleep = runtime.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            }
            Poll<Void> poll = sleep.poll(waker);
            if (poll.isReady()) {
                ended(i, due);
            }
            return poll;
        }
    }

    private void ended(int i, long due) {
        late[i] = Math.max(0, System.nanoTime() - due);
        finish.arrive();
    }

    /** What is told beside the score. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Percentiles {
        public double p50;
        public double p99;
    }

    @Benchmark
    public void sleeps(Percentiles percentiles) throws Exception {
        finish = new Finish(SLEEPS);
        long begin = System.nanoTime();
        long[] due = new long[SLEEPS];
        boolean[] inTime = new boolean[SLEEPS];
        for (int i = 0; i < SLEEPS; i++) {
            due[i] = begin + TimeUnit.MICROSECONDS.toNanos((i * 7_919L) % LONGEST_MICROS);
            inTime[i] = due[i] > System.nanoTime();
            sleeper.begin(i, due[i]);
        }
        finish.await();
        long[] counted = new long[SLEEPS];
        int count = 0;
        for (int i = 0; i < SLEEPS; i++) {
            if (inTime[i]) {
                counted[count++] = late[i];
            }
        }
        Arrays.sort(counted, 0, count);
        percentiles.p50 = counted[count / 2] / 1e3;
        percentiles.p99 = counted[(int) (count * 0.99)] / 1e3;
    }
}
