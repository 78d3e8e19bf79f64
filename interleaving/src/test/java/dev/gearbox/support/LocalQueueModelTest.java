package dev.gearbox.support;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** A local queue under the model checker: one owner and a thief; what comes out went in, once, in order. */
public class LocalQueueModelTest {

    private final LocalQueue queue = new LocalQueue();
    private final GlobalQueue overflow = new GlobalQueue();

    @Operation(nonParallelGroup = "owner")
    public void push(int name) {
        queue.push(new Named(name), overflow);
    }

    @Operation(nonParallelGroup = "owner")
    public Integer poll() {
        return name(queue.poll());
    }

    /** The names stolen, oldest first; of two thieves at a time one would take less than half, which is no queue's way. */
    @Operation(nonParallelGroup = "thief")
    public List<Integer> steal() {
        LocalQueue loot = new LocalQueue();
        List<Integer> names = new ArrayList<>();
        for (Runnable run = queue.stealInto(loot); run != null; run = loot.poll()) {
            names.add(name(run));
        }
        return names;
    }

    @Test
    void is_linearizable() {
        new ModelCheckingOptions().iterations(30).invocationsPerIteration(2_000).check(getClass());
    }

    private static Integer name(Runnable run) {
        return run == null ? null : ((Named) run).name;
    }

    private record Named(int name) implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("not to be run");
        }
    }
}
