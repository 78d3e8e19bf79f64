package dev.gearbox.benchmarks;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The loads as bare runnables: no handles, no cancelling, no listing. */
final class ExecutorTasks implements TaskEngine {
    private final Executor executor;
    private final Runnable stop;

    private ExecutorTasks(Executor executor, Runnable stop) {
        this.executor = executor;
        this.stop = stop;
    }

    /** On one event loop, which neither shares nor steals work. */
    static ExecutorTasks netty() {
        MultiThreadIoEventLoopGroup group = Peers.netty(1);
        return new ExecutorTasks(group.next(), group::shutdownGracefully);
    }

    static ExecutorTasks forkJoin() {
        ForkJoinPool pool = Peers.forkJoin();
        return new ExecutorTasks(pool, pool::shutdownNow);
    }

    @Override
    public void close() {
        stop.run();
    }

    @Override
    public void chainedSpawn(int depth) throws Exception {
        Chain chain = new Chain(executor, depth);
        executor.execute(new Link(chain, 1));
        chain.finish.await();
        TaskEngine.check("depth", chain.reached, depth);
    }

    private static final class Chain {
        final Executor executor;
        final int depth;
        final Finish finish = new Finish(1);
        int reached;

        Chain(Executor executor, int depth) {
            this.executor = executor;
            this.depth = depth;
        }
    }

    private record Link(Chain chain, int depth) implements Runnable {
        @Override
        public void run() {
            if (depth == chain.depth) {
                chain.reached = depth;
                chain.finish.arrive();
            } else {
                chain.executor.execute(new Link(chain, depth + 1));
            }
        }
    }

    @Override
    public void pingPong(int pairs) throws Exception {
        Finish finish = new Finish(pairs);
        AtomicLong sum = new AtomicLong();
        executor.execute(() -> {
            for (int i = 0; i < pairs; i++) {
                executor.execute(new Ping(executor, i, sum, finish));
            }
        });
        finish.await();
        TaskEngine.check("sum of the answers", sum.get(), TaskEngine.sumOfAnswers(pairs));
    }

    /** A channel for one value: null, the value, or the runnable that waits for it. */
    private static final class Hop extends AtomicReference<Object> {
        private static final long serialVersionUID = 1;

        /** Returns the value, or null, and then runs this when it has come. */
        Integer take(Runnable whenThere) {
            return get() == null && compareAndSet(null, whenThere) ? null : (Integer) get();
        }

        void put(Integer value, Executor executor) {
            if (getAndSet(value) instanceof Runnable waiting) {
                executor.execute(waiting);
            }
        }
    }

    private static final class Ping implements Runnable {
        private final Executor executor;
        private final int number;
        private final AtomicLong sum;
        private final Finish finish;
        private Hop back;

        Ping(Executor executor, int number, AtomicLong sum, Finish finish) {
            this.executor = executor;
            this.number = number;
            this.sum = sum;
            this.finish = finish;
        }

        @Override
        public void run() {
            if (back == null) {
                back = new Hop();
                Hop there = new Hop();
                executor.execute(new Pong(executor, there, back));
                there.put(number, executor);
            }
            Integer answer = back.take(this);
            if (answer != null) {
                sum.addAndGet(answer);
                finish.arrive();
            }
        }
    }

    private record Pong(Executor executor, Hop there, Hop back) implements Runnable {
        @Override
        public void run() {
            Integer question = there.take(this);
            if (question != null) {
                back.put(question + 1, executor);
            }
        }
    }

    @Override
    public void spawnMany(int tasks) throws Exception {
        byte[] marks = new byte[tasks];
        AtomicInteger missing = new AtomicInteger(tasks);
        Finish finish = new Finish(1);
        for (int i = 0; i < tasks; i++) {
            executor.execute(new Mark(marks, i, missing, finish));
        }
        finish.await();
        Marks.check(marks);
    }

    private record Mark(byte[] marks, int index, AtomicInteger missing, Finish finish) implements Runnable {
        @Override
        public void run() {
            Marks.leave(marks, index, missing, finish);
        }
    }

    @Override
    public void yieldMany(int tasks, int yields) throws Exception {
        StartLine line = new StartLine(tasks);
        Finish finish = new Finish(tasks);
        Yielder[] all = new Yielder[tasks];
        for (int i = 0; i < tasks; i++) {
            all[i] = new Yielder(executor, i, yields, line, finish);
            executor.execute(all[i]);
        }
        finish.await();
        for (Yielder task : all) {
            TaskEngine.check("yields", task.done, yields);
        }
    }

    private static final class Yielder implements Runnable {
        private final Executor executor;
        private final int place;
        private final int yields;
        private final StartLine line;
        private final Finish finish;
        private int done;

        Yielder(Executor executor, int place, int yields, StartLine line, Finish finish) {
            this.executor = executor;
            this.place = place;
            this.yields = yields;
            this.line = line;
            this.finish = finish;
        }

        @Override
        public void run() {
            if (done == 0 && !line.pass(place, () -> executor.execute(this))) {
                return;
            }
            if (done < yields) {
                done++;
                executor.execute(this);
            } else {
                finish.arrive();
            }
        }
    }
}
