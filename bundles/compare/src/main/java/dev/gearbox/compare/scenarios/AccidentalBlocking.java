package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import dev.gearbox.compare.runner.Statistics;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Tasks that block their threads by mistake, for one cause, and how late another task resumes meanwhile. */
final class AccidentalBlocking implements Scenario {
    /*
     * Classic, which this is meant to hurt, runs the tasks of a worker in turn: four for each, so that one that is woken
     * waits for up to four blocks of 50 ms, 200 ms in all, whatever the cause. Its own p99 lies between half of that and
     * one and a half times that, or the tasks did not block its workers in turn. A block must last 50 ms on average, or
     * whoever ends the blocks was too early or too late: the bounds are the same for all causes.
     */
    private static final double LEAST_P99 = 100;
    private static final double GREATEST_P99 = 300;
    private static final double LEAST_BLOCK = Hogs.SLICE_MILLIS;
    private static final double GREATEST_BLOCK = 1.2 * Hogs.SLICE_MILLIS;

    private final BlockingCause cause;

    AccidentalBlocking(BlockingCause cause) {
        this.cause = cause;
    }

    @Override
    public String name() {
        return cause.scenario();
    }

    @Override
    public String description() {
        return Hogs.COUNT + " tasks (4 per processor) " + cause.description()
                + " and yield, beside a 1 ms latency probe; before, the probe alone";
    }

    @Override
    public int rounds(boolean quick) {
        return quick ? 3 : 7;
    }

    @Override
    public int warmUps(boolean quick) {
        return 1;
    }

    @Override
    public void measure(Round round) throws Exception {
        Blocks blocks;
        try {
            blocks = cause.open(Hogs.COUNT);
        } catch (Fifos.UnavailableException none) {
            round.note(name() + " is left out: " + none.getMessage());
            return;
        }
        try {
            measure(round, blocks);
        } finally {
            blocks.close();
        }
    }

    private void measure(Round round, Blocks blocks) throws Exception {
        try {
            double[] atRest = LatencyProbe.probe(round.runtime(), round.quick() ? 400 : 1_500);
            BlockTimes times = new BlockTimes(blocks);
            Hogs hogs = new Hogs(round.runtime(), 1, times::block);
            try {
                Thread.sleep(settleMillis(round));
                round.begin();
                double before = hogs.slices();
                double[] lateness = LatencyProbe.probe(round.runtime(), round.quick() ? 600 : 2_000);
                double slices = hogs.slices() - before;
                round.end();
                round.samples("lateness", "ms", lateness, atRest);
                round.value("throughput", "blocks/s", Better.HIGHER, slices / (round.nanos() / 1e9));
                round.value("block", "ms", Better.LOWER, times.meanMillis());
                check(round, lateness, times.meanMillis());
            } finally {
                hogs.stop(round);
            }
        } catch (LostWorkException lost) {
            round.loss(lost.getMessage());
        }
    }

    /** So that a scheduler has found out what it has to do with, and is steady, before anything is measured. */
    static int settleMillis(Round round) {
        return round.quick() ? 300 : 500;
    }

    private static void check(Round round, double[] lateness, double block) {
        if (block < LEAST_BLOCK || block > GREATEST_BLOCK) {
            round.declareVoid("a block lasts " + block + " ms on average and not between " + LEAST_BLOCK + " and "
                    + GREATEST_BLOCK + " ms");
        }
        double p99 = Statistics.percentile(Arrays.stream(lateness).sorted().toArray(), 99);
        if (round.scheduler().equals(UnderTest.CLASSIC) && (p99 < LEAST_P99 || p99 > GREATEST_P99)) {
            round.declareVoid("the p99 of " + UnderTest.CLASSIC + " is " + Math.round(p99) + " ms and not between "
                    + Math.round(LEAST_P99) + " and " + Math.round(GREATEST_P99) + " ms: its workers were not blocked in turn");
        }
    }

    /** Blocks, and tells how long that took. */
    private static final class BlockTimes {
        private final Blocks blocks;
        private final LongAdder nanos = new LongAdder();
        private final LongAdder count = new LongAdder();

        BlockTimes(Blocks blocks) {
            this.blocks = blocks;
        }

        void block(int place) throws Exception {
            long start = System.nanoTime();
            blocks.block(place);
            nanos.add(System.nanoTime() - start);
            count.increment();
        }

        double meanMillis() {
            return nanos.sum() / 1e6 / Math.max(1, count.sum());
        }
    }
}
