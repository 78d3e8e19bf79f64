package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import org.osgi.service.component.annotations.Component;

/** Tasks that compute for long, how late another task resumes meanwhile, and what that costs the computation. */
@Component(service = Scenario.class, property = "service.ranking:Integer=112")
public final class CpuHog implements Scenario {
    private static final int FEW_MILLIS = 1_000;

    private CpuWork work;

    @Override
    public String name() {
        return "cpu-hog";
    }

    @Override
    public String description() {
        return "8 tasks compute 50 ms and yield, first alone, then beside a 1 ms latency probe";
    }

    @Override
    public int warmUps(boolean quick) {
        return 1;
    }

    @Override
    public void measure(Round round) throws Exception {
        if (work == null) {
            work = CpuWork.calibrated();
        }
        AsyncRuntime runtime = round.runtime();
        Hogs hogs = new Hogs(runtime, 1, work::millisecond);
        try {
            Thread.sleep(AccidentalBlocking.SETTLE_MILLIS);
            double alone = slicesPerSecond(hogs, () -> Thread.sleep(round.quick() ? FEW_MILLIS : 2 * FEW_MILLIS));
            round.begin();
            double before = hogs.slices();
            double[] lateness = LatencyProbe.probe(runtime, round.quick() ? FEW_MILLIS : 3 * FEW_MILLIS);
            double slices = hogs.slices() - before;
            round.end();
            round.work(slices, "slice");
            round.samples("lateness", "ms", lateness);
            double beside = slices / (round.nanos() / 1e9);
            round.value("throughput", "slices/s", Better.HIGHER, beside);
            round.value("throughput without probe", "slices/s", Better.HIGHER, alone);
        } catch (LostWorkException lost) {
            round.loss(lost.getMessage());
        } finally {
            hogs.stop(round);
        }
    }

    private static double slicesPerSecond(Hogs hogs, Hogs.Millisecond meanwhile) throws Exception {
        double before = hogs.slices();
        long start = System.nanoTime();
        meanwhile.spend();
        return (hogs.slices() - before) / ((System.nanoTime() - start) / 1e9);
    }
}
