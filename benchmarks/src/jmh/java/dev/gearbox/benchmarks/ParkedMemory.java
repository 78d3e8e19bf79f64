package dev.gearbox.benchmarks;

import dev.gearbox.Pollable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the heap holds for each of 1 000 000 tasks that wait; {@code bytes} beside the score, which is the time it takes to
 * start them. Our tasks all wait for one shared pollable, so nothing of the user's is counted.
 *
 * <pre>{@code benchmarks/run parked-memory}</pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgsAppend = {Jvm.TWO, Jvm.VIRTUAL, Jvm.MORE_VIRTUAL, "-Xms3g", "-Xmx3g", "-XX:+UseParallelGC"})
public class ParkedMemory extends GearboxBenchmark {
    private static final int TASKS = 1_000_000;

    /** The scheduler, or the peer. */
    @Param({"adaptive", "classic", "virtual"})
    public String on;

    /** What is told beside the score. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Memory {
        public double bytes;
    }

    @Benchmark
    public void park(Memory memory) throws Exception {
        if (GearboxEngine.has(on)) {
            try (GearboxEngine engine = new GearboxEngine(on)) {
                CountDownLatch polled = new CountDownLatch(TASKS);
                Pollable<Void> never = waker -> {
                    polled.countDown();
                    return dev.gearbox.Poll.pending();
                };
                memory.bytes = perTask(() -> engine.runtime().spawn(never), polled);
            }
        } else {
            ThreadFactory threads = Peers.virtual();
            CountDownLatch polled = new CountDownLatch(TASKS);
            CountDownLatch over = new CountDownLatch(1);
            Thread[] all = new Thread[TASKS];
            int[] next = {0};
            Runnable body = () -> {
                polled.countDown();
                while (over.getCount() > 0) {
                    LockSupport.park();
                }
            };
            memory.bytes = perTask(() -> (all[next[0]++] = threads.newThread(body)).start(), polled);
            over.countDown();
            for (Thread thread : all) {
                LockSupport.unpark(thread);
            }
        }
    }

    private static double perTask(Runnable spawn, CountDownLatch polled) throws InterruptedException {
        long before = used();
        for (int i = 0; i < TASKS; i++) {
            spawn.run();
        }
        polled.await();
        return (used() - before) / (double) TASKS;
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
