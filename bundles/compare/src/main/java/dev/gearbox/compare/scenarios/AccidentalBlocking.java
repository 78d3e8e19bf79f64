package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import dev.gearbox.compare.runner.Statistics;
import java.util.Arrays;
import org.osgi.service.component.annotations.Component;

/** Tasks that block their threads by mistake, and how late another task resumes meanwhile. */
@Component(service = Scenario.class, property = "service.ranking:Integer=113")
public final class AccidentalBlocking implements Scenario {
    /** The scheduler that this is meant to hurt, and between which bounds, in milliseconds, its own p99 then lies. */
    private static final String HURT = "classic";

    private static final double LEAST_P99 = 100;
    private static final double GREATEST_P99 = 300;

    /** So that a scheduler has found out what it has to do with, and is steady, before anything is measured. */
    static final int SETTLE_MILLIS = 500;

    @Override
    public String name() {
        return "accidental-blocking";
    }

    @Override
    public String description() {
        return "8 tasks sleep 50 ms on their thread and yield, beside a 1 ms latency probe";
    }

    @Override
    public int warmUps(boolean quick) {
        return 1;
    }

    @Override
    public void measure(Round round) throws Exception {
        Hogs hogs = new Hogs(round.runtime(), Hogs.SLICE_MILLIS, () -> Thread.sleep(Hogs.SLICE_MILLIS));
        try {
            Thread.sleep(SETTLE_MILLIS);
            round.begin();
            double before = hogs.slices();
            double[] lateness = LatencyProbe.probe(round.runtime(), round.quick() ? 1_500 : 3_000);
            double slices = hogs.slices() - before;
            round.end();
            round.samples("lateness", "ms", lateness);
            round.value("throughput", "sleeps/s", Better.HIGHER, slices / (round.nanos() / 1e9));
            check(round, lateness);
        } catch (LostWorkException lost) {
            round.loss(lost.getMessage());
        } finally {
            hogs.stop(round);
        }
    }

    private static void check(Round round, double[] lateness) {
        double p99 = Statistics.percentile(Arrays.stream(lateness).sorted().toArray(), 99);
        if (round.scheduler().equals(HURT) && (p99 < LEAST_P99 || p99 > GREATEST_P99)) {
            round.declareVoid("the p99 of " + HURT + " is " + Math.round(p99) + " ms and not between "
                    + Math.round(LEAST_P99) + " and " + Math.round(GREATEST_P99) + " ms: its workers were not blocked in turn");
        }
    }
}
