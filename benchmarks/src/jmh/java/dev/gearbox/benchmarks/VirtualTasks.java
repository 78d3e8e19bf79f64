package dev.gearbox.benchmarks;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The loads as virtual threads. */
final class VirtualTasks implements TaskEngine {
    private final ThreadFactory threads = Peers.virtual();

    @Override
    public void close() {}

    private void spawn(Runnable body) {
        threads.newThread(body).start();
    }

    @Override
    public void chainedSpawn(int depth) throws Exception {
        Finish finish = new Finish(1);
        AtomicInteger reached = new AtomicInteger();
        spawn(() -> link(1, depth, reached, finish));
        finish.await();
        TaskEngine.check("depth", reached.get(), depth);
    }

    private void link(int depth, int last, AtomicInteger reached, Finish finish) {
        if (depth == last) {
            reached.set(depth);
            finish.arrive();
        } else {
            spawn(() -> link(depth + 1, last, reached, finish));
        }
    }

    @Override
    public void pingPong(int pairs) throws Exception {
        Finish finish = new Finish(pairs);
        AtomicLong sum = new AtomicLong();
        spawn(() -> {
            for (int i = 0; i < pairs; i++) {
                int number = i;
                spawn(() -> ping(number, sum, finish));
            }
        });
        finish.await();
        TaskEngine.check("sum of the answers", sum.get(), TaskEngine.sumOfAnswers(pairs));
    }

    private void ping(int number, AtomicLong sum, Finish finish) {
        Hop there = new Hop();
        Hop back = new Hop();
        spawn(() -> back.put(there.take() + 1));
        there.put(number);
        sum.addAndGet(back.take());
        finish.arrive();
    }

    /** A channel for one value. */
    private static final class Hop {
        private volatile Integer value;
        private volatile Thread waiting;

        void put(Integer sent) {
            value = sent;
            LockSupport.unpark(waiting);
        }

        Integer take() {
            if (value == null) {
                waiting = Thread.currentThread();
                while (value == null) {
                    LockSupport.park(this);
                }
            }
            return value;
        }
    }

    @Override
    public void spawnMany(int tasks) throws Exception {
        byte[] marks = new byte[tasks];
        AtomicInteger missing = new AtomicInteger(tasks);
        Finish finish = new Finish(1);
        for (int i = 0; i < tasks; i++) {
            int index = i;
            spawn(() -> Marks.leave(marks, index, missing, finish));
        }
        finish.await();
        Marks.check(marks);
    }

    @Override
    public void yieldMany(int tasks, int yields) throws Exception {
        StartLine line = new StartLine(tasks);
        Finish finish = new Finish(tasks);
        AtomicInteger yielded = new AtomicInteger();
        for (int i = 0; i < tasks; i++) {
            int place = i;
            spawn(() -> yielder(line, place, yields, yielded, finish));
        }
        finish.await();
        TaskEngine.check("yields", yielded.get(), (long) tasks * yields);
    }

    private static void yielder(StartLine line, int place, int yields, AtomicInteger yielded, Finish finish) {
        Thread thread = Thread.currentThread();
        while (!line.pass(place, () -> LockSupport.unpark(thread))) {
            LockSupport.park(line);
        }
        int done = 0;
        while (done < yields) {
            done++;
            Thread.yield();
        }
        yielded.addAndGet(done);
        finish.arrive();
    }
}
