package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Scenario;
import dev.gearbox.sync.OneShot;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Component;

/** Pairs of tasks, all at once; in each, a number goes to the other task and comes back increased by one. */
@Component(service = Scenario.class, property = "service.ranking:Integer=119")
public final class PingPong extends TaskScenario {
    private static final int PAIRS = 1_000;

    /** Called by Declarative Services. */
    public PingPong() {
        super("ping-pong", "1 000 pairs of tasks, a message there and back over two one-shots", 1_500);
    }

    @Override
    void iterate(AsyncRuntime runtime) throws Exception {
        Finish finish = new Finish(PAIRS);
        AtomicLong sum = new AtomicLong();
        runtime.spawn((Pollable<Void>) waker -> {
            for (int i = 0; i < PAIRS; i++) {
                runtime.spawn(new Ping(runtime, i, sum, finish));
            }
            return Poll.ready(null);
        });
        finish.await();
        long expected = (long) PAIRS * (PAIRS + 1) / 2;
        if (sum.get() != expected) {
            throw new LostWorkException("the answers add up to " + sum + " instead of " + expected);
        }
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
}
