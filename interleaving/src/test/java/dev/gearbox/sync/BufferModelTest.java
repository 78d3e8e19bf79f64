package dev.gearbox.sync;

import java.util.ArrayDeque;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** A channel's buffer of three places under the model checker, against a plain queue. */
public class BufferModelTest {
    private static final int CAPACITY = 3;
    private static final int ENDED = -1_000;

    private final Buffer<Integer> buffer = new Buffer<>(CAPACITY);

    @Operation
    public Buffer.Outcome offer(int item) {
        return buffer.offer(item, null, null);
    }

    @Operation
    public Integer poll() {
        Object message = buffer.poll(new Waiter(), null);
        return message == Buffer.END ? Integer.valueOf(ENDED) : (Integer) message;
    }

    @Operation
    public void close() {
        buffer.close();
    }

    @Operation
    public boolean isDrained() {
        return buffer.isDrained();
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

        public Buffer.Outcome offer(int item) {
            if (closed) {
                return Buffer.Outcome.CLOSED;
            }
            if (items.size() == CAPACITY) {
                return Buffer.Outcome.FULL;
            }
            items.add(item);
            return Buffer.Outcome.ACCEPTED;
        }

        public Integer poll() {
            return items.isEmpty() && closed ? Integer.valueOf(ENDED) : items.poll();
        }

        public void close() {
            closed = true;
        }

        public boolean isDrained() {
            return closed && items.isEmpty();
        }
    }
}
