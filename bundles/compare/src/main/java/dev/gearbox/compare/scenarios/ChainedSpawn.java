package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Scenario;
import org.osgi.service.component.annotations.Component;

/** A task spawns the next, and the last one tells the thread outside. */
@Component(service = Scenario.class, property = "service.ranking:Integer=120")
public final class ChainedSpawn extends TaskScenario {
    private static final int DEPTH = 1_000;

    /** Called by Declarative Services. */
    public ChainedSpawn() {
        super("chained-spawn", "a task spawns the next one, 1 000 deep", 6_000);
    }

    @Override
    void iterate(AsyncRuntime runtime) throws Exception {
        Chain chain = new Chain(runtime);
        runtime.spawn(new Link(chain, 1));
        chain.finish.await();
        if (chain.depth != DEPTH) {
            throw new LostWorkException("the chain ended at depth " + chain.depth + " instead of " + DEPTH);
        }
    }

    private static final class Chain {
        final AsyncRuntime runtime;
        final Finish finish = new Finish(1);
        int depth;

        Chain(AsyncRuntime runtime) {
            this.runtime = runtime;
        }
    }

    private record Link(Chain chain, int depth) implements Pollable<Void> {
        @Override
        public Poll<Void> poll(Waker waker) {
            if (depth == DEPTH) {
                chain.depth = depth;
                chain.finish.arrive();
            } else {
                chain.runtime.spawn(new Link(chain, depth + 1));
            }
            return Poll.ready(null);
        }
    }
}
