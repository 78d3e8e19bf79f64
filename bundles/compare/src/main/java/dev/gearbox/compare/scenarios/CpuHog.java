package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Tasks that compute for long, how late another task resumes meanwhile, and what that costs the computation. */
@Component(service = Scenario.class, property = "service.ranking:Integer=112")
public final class CpuHog implements Scenario {
    /** The hogs run alone and beside the probe in turn, twice each, so that both meet the same machine. */
    private static final int TURNS = 2;

    @Override
    public String name() {
        return "cpu-hog";
    }

    @Override
    public String description() {
        return Hogs.COUNT + " tasks (4 per processor) compute 50 ms of CPU time and yield, alone and beside a 1 ms latency "
                + "probe in turn";
    }

    @Override
    public int warmUps(boolean quick) {
        return 1;
    }

    @Override
    public void measure(Round round) throws Exception {
        CpuWork work = CpuWork.ofMicros(1_000);
        AsyncRuntime runtime = round.runtime();
        int millis = round.quick() ? 450 : 1_500;
        List<double[]> lateness = new ArrayList<>();
        Hogs hogs = new Hogs(runtime, Hogs.SLICE_MILLIS, place -> work.run());
        try {
            Thread.sleep(AccidentalBlocking.settleMillis(round));
            Span alone = new Span(hogs);
            Span beside = new Span(hogs);
            round.begin();
            double before = hogs.slices();
            for (int i = 0; i < TURNS; i++) {
                alone.add(() -> Thread.sleep(millis));
                beside.add(() -> lateness.add(LatencyProbe.probe(runtime, millis)));
            }
            double slices = hogs.slices() - before;
            round.end();
            round.work(slices, "slice");
            round.samples("lateness", "ms", lateness.stream().flatMapToDouble(Arrays::stream).toArray());
            round.value("throughput", "slices/s", Better.HIGHER, beside.perSecond());
            round.value("throughput without probe", "slices/s", Better.HIGHER, alone.perSecond());
            round.value("throughput loss", "%", Better.LOWER, 100 * (1 - beside.perSecond() / alone.perSecond()));
        } catch (LostWorkException lost) {
            round.loss(lost.getMessage());
        } finally {
            hogs.stop(round);
        }
    }

    /** Several stretches of time, and what the hogs did in them. */
    private static final class Span {
        /** What goes on in one of them. */
        @FunctionalInterface
        interface Meanwhile {
            void run() throws Exception;
        }

        private final Hogs hogs;
        private double slices;
        private long nanos;

        Span(Hogs hogs) {
            this.hogs = hogs;
        }

        void add(Meanwhile meanwhile) throws Exception {
            double before = hogs.slices();
            long start = System.nanoTime();
            meanwhile.run();
            slices += hogs.slices() - before;
            nanos += System.nanoTime() - start;
        }

        double perSecond() {
            return slices / (nanos / 1e9);
        }
    }
}
