package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Round;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Tasks that compute for a millisecond and yield, enough for all processors, and see how many of them run at once. */
final class FullLoad {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int TASKS = 4 * PROCESSORS;

    private final CpuWork work;
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(1);
    private final Finish finish = new Finish(TASKS);
    private final long start = System.nanoTime();
    private volatile long reachedNanos;
    private volatile boolean stopped;

    /** Spawns the tasks, by a thread that belongs to no scheduler. */
    FullLoad(AsyncRuntime runtime, CpuWork work) {
        this.work = work;
        for (int i = 0; i < TASKS; i++) {
            runtime.spawn((Pollable<Void>) this::poll);
        }
    }

    private Poll<Void> poll(Waker waker) {
        if (inside.incrementAndGet() == PROCESSORS && all.getCount() > 0) {
            reachedNanos = System.nanoTime() - start;
            all.countDown();
        }
        work.run();
        inside.decrementAndGet();
        if (stopped) {
            finish.arrive();
            return Poll.ready(null);
        }
        waker.wake();
        return Poll.pending();
    }

    /** Waits until as many ran at once as there are processors; returns after how many nanoseconds they did, or -1. */
    long awaitAll(long limitMillis) throws InterruptedException {
        return all.await(limitMillis, TimeUnit.MILLISECONDS) ? reachedNanos : -1;
    }

    /** Ends all tasks and waits for that; reports those that do not end. */
    void stop(Round round) throws InterruptedException {
        stopped = true;
        try {
            finish.await();
        } catch (LostWorkException lost) {
            round.loss("the full load: " + lost.getMessage());
        }
    }
}
