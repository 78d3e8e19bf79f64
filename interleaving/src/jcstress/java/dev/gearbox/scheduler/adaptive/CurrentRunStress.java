package dev.gearbox.scheduler.adaptive;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A machine runs one run after another, while somebody reads which it is in: never the run of another poll. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "in no poll, or in another than before")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the run of that poll")
@Outcome(id = "-1", expect = Expect.FORBIDDEN, desc = "another run")
@State
public class CurrentRunStress {
    private static final Runnable FIRST = () -> {};
    private static final Runnable SECOND = CurrentRunStress.class::getName;

    private static final AdaptiveScheduler SCHEDULER = new AdaptiveScheduler(Settings.defaults());

    private final Machine machine = new Machine(SCHEDULER, "never-started", Machine.DISPLACED);

    @Actor
    public void machine() {
        machine.runOne(FIRST);
        machine.runOne(SECOND);
    }

    @Actor
    public void monitor(I_Result result) {
        for (int i = 0; i < 20; i++) {
            long before = machine.sequence();
            Runnable run = machine.current();
            if ((before & 1) != 0 && machine.sequence() == before) {
                boolean right = run == (before == 1 ? FIRST : SECOND);
                result.r1 = right && result.r1 >= 0 ? 1 : -1;
            }
        }
    }
}
