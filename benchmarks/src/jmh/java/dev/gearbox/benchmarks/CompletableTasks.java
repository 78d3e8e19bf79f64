package dev.gearbox.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The loads as completable futures on a fork-join pool: each task has a handle. */
final class CompletableTasks implements TaskEngine {
    private final ForkJoinPool pool = Peers.forkJoin();

    @Override
    public void close() {
        pool.shutdownNow();
    }

    @Override
    public void chainedSpawn(int depth) throws Exception {
        Chain chain = new Chain(pool, depth);
        CompletableFuture.runAsync(new Link(chain, 1), pool);
        chain.finish.await();
        TaskEngine.check("depth", chain.reached, depth);
    }

    private static final class Chain {
        final ForkJoinPool pool;
        final int depth;
        final Finish finish = new Finish(1);
        int reached;

        Chain(ForkJoinPool pool, int depth) {
            this.pool = pool;
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
                CompletableFuture.runAsync(new Link(chain, depth + 1), chain.pool);
            }
        }
    }

    @Override
    public void pingPong(int pairs) throws Exception {
        Finish finish = new Finish(pairs);
        AtomicLong sum = new AtomicLong();
        CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < pairs; i++) {
                        int number = i;
                        CompletableFuture.runAsync(() -> ping(number, sum, finish), pool);
                    }
                },
                pool);
        finish.await();
        TaskEngine.check("sum of the answers", sum.get(), TaskEngine.sumOfAnswers(pairs));
    }

    private void ping(int number, AtomicLong sum, Finish finish) {
        CompletableFuture<Integer> there = new CompletableFuture<>();
        CompletableFuture<Integer> back = new CompletableFuture<>();
        CompletableFuture.runAsync(
                () -> there.thenAcceptAsync(question -> back.complete(question + 1), pool), pool);
        there.complete(number);
        back.thenAcceptAsync(
                answer -> {
                    sum.addAndGet(answer);
                    finish.arrive();
                },
                pool);
    }

    @Override
    public void spawnMany(int tasks) throws Exception {
        byte[] marks = new byte[tasks];
        AtomicInteger missing = new AtomicInteger(tasks);
        Finish finish = new Finish(1);
        for (int i = 0; i < tasks; i++) {
            int index = i;
            CompletableFuture.runAsync(() -> Marks.leave(marks, index, missing, finish), pool);
        }
        finish.await();
        Marks.check(marks);
    }

    @Override
    public void yieldMany(int tasks, int yields) throws Exception {
        StartLine line = new StartLine(tasks);
        Finish finish = new Finish(tasks);
        Yielder[] all = new Yielder[tasks];
        for (int i = 0; i < tasks; i++) {
            all[i] = new Yielder(pool, i, yields, line, finish);
            CompletableFuture.runAsync(all[i], pool);
        }
        finish.await();
        for (Yielder task : all) {
            TaskEngine.check("yields", task.done, yields);
        }
    }

    private static final class Yielder implements Runnable {
        private final ForkJoinPool pool;
        private final int place;
        private final int yields;
        private final StartLine line;
        private final Finish finish;
        private int done;

        Yielder(ForkJoinPool pool, int place, int yields, StartLine line, Finish finish) {
            this.pool = pool;
            this.place = place;
            this.yields = yields;
            this.line = line;
            this.finish = finish;
        }

        @Override
        public void run() {
            if (done == 0 && !line.pass(place, () -> CompletableFuture.runAsync(this, pool))) {
                return;
            }
            if (done < yields) {
                done++;
                CompletableFuture.runAsync(this, pool);
            } else {
                finish.arrive();
            }
        }
    }
}
