package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Scenario;
import org.osgi.service.component.annotations.Component;

/** Tasks that all run at once and do nothing but give way to each other. */
@Component(service = Scenario.class, property = "service.ranking:Integer=117")
public final class YieldMany extends TaskScenario {
    private static final int TASKS = 200;
    private static final int YIELDS = 1_000;

    /** Called by Declarative Services. */
    public YieldMany() {
        super("yield-many", "200 tasks, all started, yield 1 000 times each", 50);
    }

    @Override
    void iterate(AsyncRuntime runtime) throws Exception {
        StartLine line = new StartLine(TASKS);
        Finish finish = new Finish(TASKS);
        Yielder[] tasks = new Yielder[TASKS];
        for (int i = 0; i < TASKS; i++) {
            tasks[i] = new Yielder(i, line, finish);
            runtime.spawn(tasks[i]);
        }
        finish.await();
        for (Yielder task : tasks) {
            if (task.yields != YIELDS) {
                throw new LostWorkException("a task yielded " + task.yields + " times instead of " + YIELDS);
            }
        }
    }

    private static final class Yielder implements Pollable<Void> {
        private final int place;
        private final StartLine line;
        private final Finish finish;
        private int yields;

        Yielder(int place, StartLine line, Finish finish) {
            this.place = place;
            this.line = line;
            this.finish = finish;
        }

        @Override
        public Poll<Void> poll(Waker waker) {
            if (yields == 0 && !line.pass(place, waker)) {
                return Poll.pending();
            }
            if (yields < YIELDS) {
                yields++;
                waker.wake();
                return Poll.pending();
            }
            finish.arrive();
            return Poll.ready(null);
        }
    }
}
