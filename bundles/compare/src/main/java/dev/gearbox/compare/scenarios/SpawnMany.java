package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Scenario;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** A thread outside of the scheduler spawns tasks, each of which leaves a mark. */
@Component(service = Scenario.class, property = "service.ranking:Integer=118")
public final class SpawnMany extends TaskScenario {
    private static final int TASKS = 10_000;

    /** Called by Declarative Services. */
    public SpawnMany() {
        super("spawn-many", "10 000 tasks spawned by a thread that belongs to no scheduler", 250);
    }

    @Override
    void iterate(AsyncRuntime runtime) throws Exception {
        byte[] marks = new byte[TASKS];
        AtomicInteger missing = new AtomicInteger(TASKS);
        Finish finish = new Finish(1);
        for (int i = 0; i < TASKS; i++) {
            runtime.spawn(new Mark(marks, i, missing, finish));
        }
        finish.await();
        for (int i = 0; i < TASKS; i++) {
            if (marks[i] != 1) {
                throw new LostWorkException("task " + i + " ran " + marks[i] + " times");
            }
        }
    }

    private record Mark(byte[] marks, int index, AtomicInteger missing, Finish finish) implements Pollable<Void> {
        @Override
        public Poll<Void> poll(Waker waker) {
            marks[index]++;
            if (missing.decrementAndGet() == 0) {
                finish.arrive();
            }
            return Poll.ready(null);
        }
    }
}
