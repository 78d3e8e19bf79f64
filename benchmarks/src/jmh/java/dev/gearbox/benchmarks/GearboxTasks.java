package dev.gearbox.benchmarks;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.sync.OneShot;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The loads as tasks of a Gearbox runtime in polled style, with handles, names, owners and listing as always. */
public final class GearboxTasks implements TaskEngine {
    private final AsyncRuntime runtime;
    private final Runnable stop;

    GearboxTasks(GearboxEngine engine) {
        this(engine.runtime(), engine::close);
    }

    /** Makes one on a runtime, and what stops it. */
    public GearboxTasks(AsyncRuntime runtime, Runnable stop) {
        this.runtime = runtime;
        this.stop = stop;
    }

    @Override
    public void close() {
        stop.run();
    }

    @Override
    public void chainedSpawn(int depth) throws Exception {
        Chain chain = new Chain(runtime, depth);
        runtime.spawn(new Link(chain, 1));
        chain.finish.await();
        TaskEngine.check("depth", chain.reached, depth);
    }

    private static final class Chain {
        final AsyncRuntime runtime;
        final int depth;
        final Finish finish = new Finish(1);
        int reached;

        Chain(AsyncRuntime runtime, int depth) {
            this.runtime = runtime;
            this.depth = depth;
        }
    }

    private record Link(Chain chain, int depth) implements Pollable<Void> {
        @Override
        public Poll<Void> poll(Waker waker) {
            if (depth == chain.depth) {
                chain.reached = depth;
                chain.finish.arrive();
            } else {
                chain.runtime.spawn(new Link(chain, depth + 1));
            }
            return Poll.ready(null);
        }
    }

    @Override
    public void pingPong(int pairs) throws Exception {
        Finish finish = new Finish(pairs);
        AtomicLong sum = new AtomicLong();
        runtime.spawn((Pollable<Void>) waker -> {
            for (int i = 0; i < pairs; i++) {
                runtime.spawn(new Ping(runtime, i, sum, finish));
            }
            return Poll.ready(null);
        });
        finish.await();
        TaskEngine.check("sum of the answers", sum.get(), TaskEngine.sumOfAnswers(pairs));
    }

    private static final class Ping implements Pollable<Void> {
        private final AsyncRuntime runtime;
        private final int number;
        private final AtomicLong sum;
        private final Finish finish;
        private OneShot<Integer> back;

        Ping(AsyncRuntime runtime, int number, AtomicLong sum, Finish finish) {
            this.runtime = runtime;
            this.number = number;
            this.sum = sum;
            this.finish = finish;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            if (back == null) {
                back = new OneShot<>();
                OneShot<Integer> there = new OneShot<>();
                runtime.spawn(new Pong(there, back.sender()));
                there.sender().send(number);
            }
            Poll<Integer> answer = back.poll(waker);
            if (!answer.isReady()) {
                return Poll.pending();
            }
            sum.addAndGet(answer.value());
            finish.arrive();
            return Poll.ready(null);
        }
    }

    private record Pong(OneShot<Integer> there, OneShot.Sender<Integer> back) implements Pollable<Void> {
        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            Poll<Integer> question = there.poll(waker);
            if (!question.isReady()) {
                return Poll.pending();
            }
            back.send(question.value() + 1);
            return Poll.ready(null);
        }
    }

    @Override
    public void spawnMany(int tasks) throws Exception {
        byte[] marks = new byte[tasks];
        AtomicInteger missing = new AtomicInteger(tasks);
        Finish finish = new Finish(1);
        for (int i = 0; i < tasks; i++) {
            runtime.spawn(new Mark(marks, i, missing, finish));
        }
        finish.await();
        Marks.check(marks);
    }

    private record Mark(byte[] marks, int index, AtomicInteger missing, Finish finish) implements Pollable<Void> {
        @Override
        public Poll<Void> poll(Waker waker) {
            Marks.leave(marks, index, missing, finish);
            return Poll.ready(null);
        }
    }

    @Override
    public void yieldMany(int tasks, int yields) throws Exception {
        StartLine line = new StartLine(tasks);
        Finish finish = new Finish(tasks);
        Yielder[] all = new Yielder[tasks];
        for (int i = 0; i < tasks; i++) {
            all[i] = new Yielder(i, yields, line, finish);
            runtime.spawn(all[i]);
        }
        finish.await();
        for (Yielder task : all) {
            TaskEngine.check("yields", task.done, yields);
        }
    }

    private static final class Yielder implements Pollable<Void> {
        private final int place;
        private final int yields;
        private final StartLine line;
        private final Finish finish;
        private int done;

        Yielder(int place, int yields, StartLine line, Finish finish) {
            this.place = place;
            this.yields = yields;
            this.line = line;
            this.finish = finish;
        }

        @Override
        public Poll<Void> poll(Waker waker) {
            if (done == 0 && !line.pass(place, waker::wake)) {
                return Poll.pending();
            }
            if (done < yields) {
                done++;
                waker.wake();
                return Poll.pending();
            }
            finish.arrive();
            return Poll.ready(null);
        }
    }
}
