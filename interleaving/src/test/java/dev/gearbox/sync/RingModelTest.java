package dev.gearbox.sync;

import java.util.ArrayDeque;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** A ring of three places under the model checker, against a plain queue. */
public class RingModelTest {
    private static final int CAPACITY = 3;

    private final Ring<Integer> ring = new Ring<>(CAPACITY);

    @Operation
    public Ring.Outcome offer(int item) {
        return ring.offer(item);
    }

    @Operation
    public Integer poll() {
        return ring.poll();
    }

    @Operation
    public void close() {
        ring.close();
    }

    @Operation
    public boolean isDrained() {
        return ring.isDrained();
    }

    @Test
    void is_linearizable() {
        new ModelCheckingOptions()
                .iterations(30)
                .invocationsPerIteration(1_000)
                .sequentialSpecification(Model.class)
                .check(getClass());
    }

    /** The same in the simplest way. */
    public static class Model {
        private final ArrayDeque<Integer> items = new ArrayDeque<>();
        private boolean closed;

        public Ring.Outcome offer(int item) {
            if (closed) {
                return Ring.Outcome.CLOSED;
            }
            if (items.size() == CAPACITY) {
                return Ring.Outcome.FULL;
            }
            items.add(item);
            return Ring.Outcome.ACCEPTED;
        }

        public Integer poll() {
            return items.poll();
        }

        public void close() {
            closed = true;
        }

        public boolean isDrained() {
            return closed && items.isEmpty();
        }
    }
}
