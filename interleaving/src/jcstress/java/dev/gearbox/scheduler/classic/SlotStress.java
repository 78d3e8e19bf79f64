package dev.gearbox.scheduler.classic;

import dev.gearbox.support.Parker;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The owner of a slot fills it twice and takes from it, while another takes twice: each run comes out once, and whoever
 * takes it sees what was written before it was put in.
 */
@JCStressTest
@Outcome(id = "22", expect = Expect.ACCEPTABLE, desc = "each run once, complete")
@Outcome(expect = Expect.FORBIDDEN, desc = "a run is lost, doubled or incomplete")
@State
public class SlotStress {
    private static final class Written implements Runnable {
        private final int digit;
        private int written;

        Written(int digit) {
            this.digit = digit;
        }

        @Override
        public void run() {
            throw new IllegalStateException("not to be run");
        }
    }

    private static final class NoParker implements Parker {
        @Override
        public boolean park(long maxNanos) {
            throw new IllegalStateException("nobody parks here");
        }

        @Override
        public void unpark() {}
    }

    private final Lane lane = new Lane(new NoParker(), new Tally());
    private final Written first = new Written(1);
    private final Written second = new Written(10);
    private final AtomicInteger sum = new AtomicInteger();

    @Actor
    public void owner() {
        first.written = first.digit;
        count(lane.putNext(first));
        second.written = second.digit;
        count(lane.putNext(second));
        count(lane.takeNext());
    }

    @Actor
    public void taker() {
        count(lane.takeNext());
        count(lane.takeNext());
    }

    @Arbiter
    public void rest(I_Result result) {
        count(lane.takeNext());
        result.r1 = sum.get();
    }

    private void count(Runnable run) {
        if (run != null) {
            Written taken = (Written) run;
            sum.addAndGet(taken.digit + taken.written);
        }
    }
}
