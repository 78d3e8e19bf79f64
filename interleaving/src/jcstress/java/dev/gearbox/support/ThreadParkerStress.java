package dev.gearbox.support;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A thread whose wait is over at once parks, while another one unparks it: the permit is taken by this park or is there
 * for the next one, and whoever takes it sees what came before it.
 */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "taken by this park")
@Outcome(id = "0, [01], 1", expect = Expect.ACCEPTABLE, desc = "there for the next park")
@Outcome(expect = Expect.FORBIDDEN, desc = "the permit was lost, is there twice, or came before the event")
@State
public class ThreadParkerStress {
    private final ThreadParker parker = new ThreadParker(Thread.currentThread());
    private int event;

    @Actor
    public void sleeper(III_Result result) {
        result.r1 = parker.park(0) ? 1 : 0;
        result.r2 = event;
    }

    @Actor
    public void waker() {
        event = 1;
        parker.unpark();
    }

    @Arbiter
    public void end(III_Result result) {
        result.r3 = parker.park(0) ? 1 : 0;
    }
}
