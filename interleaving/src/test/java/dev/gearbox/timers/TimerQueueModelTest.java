package dev.gearbox.timers;

import dev.gearbox.Waker;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.junit.jupiter.api.Test;

/** A timer queue of one stripe under the model checker, against a plain list: what is due, earliest first, once. */
@Param(name = "deadline", gen = IntGen.class, conf = "1:9")
@Param(name = "old", gen = IntGen.class, conf = "0:2")
public class TimerQueueModelTest {
    private static final int OLD = 3;

    private final TimerQueue queue = new TimerQueue(1);
    private final ArmedTimer[] old = new ArmedTimer[OLD];

    public TimerQueueModelTest() {
        for (int i = 0; i < OLD; i++) {
            old[i] = queue.add(deadlineOf(i), new Named(deadlineOf(i)));
        }
    }

    @Operation
    public void add(@Param(name = "deadline") int deadline) {
        queue.add(deadline, new Named(deadline));
    }

    @Operation
    public boolean cancel(@Param(name = "old") int index) {
        return old[index].cancel();
    }

    @Operation
    public boolean isArmed(@Param(name = "old") int index) {
        return old[index].isArmed();
    }

    @Operation
    public long nextDeadline() {
        return queue.nextDeadline();
    }

    /** The deadline of the timer taken, or 0 if none is due; several at once are taken one after another. */
    @Operation
    public long takeDue(@Param(name = "deadline") int now) {
        Waker[] due = new Waker[1];
        return queue.takeDue(now, due, 1) == 0 ? 0 : ((Named) due[0]).deadline;
    }

    @Operation
    public int close() {
        return queue.close().size();
    }

    @Test
    void is_linearizable() {
        new ModelCheckingOptions()
                .iterations(20)
                .invocationsPerIteration(1_000)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(2)
                .sequentialSpecification(Model.class)
                .check(getClass());
    }

    /** Not in order, and two of them equal. */
    private static long deadlineOf(int index) {
        return index == 0 ? 7 : 3;
    }

    private record Named(long deadline) implements Waker {
        @Override
        public void wake() {
            throw new IllegalStateException("the queue wakes nobody");
        }
    }

    /** The same in the simplest way. */
    public static class Model {
        private final List<long[]> armed = new ArrayList<>();
        private final long[][] old = new long[OLD][];
        private boolean closed;

        public Model() {
            for (int i = 0; i < OLD; i++) {
                old[i] = new long[] {deadlineOf(i)};
                armed.add(old[i]);
            }
        }

        public void add(int deadline) {
            if (!closed) {
                armed.add(new long[] {deadline});
            }
        }

        public boolean cancel(int index) {
            return armed.remove(old[index]); // arrays are compared by identity
        }

        public boolean isArmed(int index) {
            return armed.contains(old[index]);
        }

        public long nextDeadline() {
            return armed.stream().mapToLong(timer -> timer[0]).min().orElse(Deadlines.NONE);
        }

        public long takeDue(int now) {
            long next = nextDeadline();
            if (next > now) {
                return 0;
            }
            for (int i = 0; i < armed.size(); i++) {
                if (armed.get(i)[0] == next) {
                    armed.remove(i);
                    break;
                }
            }
            return next;
        }

        public int close() {
            closed = true;
            int count = armed.size();
            armed.clear();
            return count;
        }
    }
}
