package dev.gearbox.compare.scenarios;

import dev.gearbox.RuntimeAdmin;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Changes gear again and again under load, in every way there is, and counts whether a task was lost or doubled. */
final class SwapScenario implements Scenario {
    /** The ways to change gear, each with how often in ten it is taken. */
    private enum Way {
        PIN(4),
        RANKING(3),
        CLOSE_AND_REGISTER(2),
        NEUTRAL(1);

        private final int share;

        Way(int share) {
            this.share = share;
        }
    }

    /** Makes a shifter for one round. */
    @FunctionalInterface
    interface Shifters {
        GearShifter make() throws Exception;
    }

    private static final long EVERY_MILLIS = 10;
    private static final int LEAST_ALIVE = 1_000;
    private static final long LIMIT_NANOS = 30_000_000_000L;
    private static final long PAUSE_MILLIS = 1;
    /** A report names the seed, so that an order of changes can be repeated. */
    private static final long SEED = 20_191_116;

    private final Shifters shifters;
    private final int swaps;

    /**
     * Makes one.
     *
     * @param swaps how many changes there are; a third of that when it has to be quick
     */
    SwapScenario(Shifters shifters, int swaps) {
        this.shifters = shifters;
        this.swaps = swaps;
    }

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public String description() {
        return "every 10 ms a change of gear, by pin, ranking, restart of a scheduler or neutral gear, under 1 000 tasks";
    }

    @Override
    public boolean perScheduler() {
        return false;
    }

    @Override
    public int rounds(boolean quick) {
        return 1;
    }

    @Override
    public int warmUps(boolean quick) {
        return 0;
    }

    @Override
    public void measure(Round round) throws Exception {
        List<String> schedulers =
                round.admin().schedulers().stream().map(SchedulerInfo::name).toList();
        if (schedulers.size() < 2) {
            round.declareVoid("there is only one scheduler: " + schedulers);
            return;
        }
        Witness witness = new Witness();
        GearShifter shifter = shifters.make();
        try (SwapLoad load = new SwapLoad(round.runtime(), witness)) {
            load.start(schedulers);
            Drive drive = new Drive(round, shifter, schedulers, witness);
            try {
                drive.run(round.quick() ? swaps / 3 : swaps);
            } finally {
                shifter.restore();
                round.admin().useAuto();
                load.release();
            }
            round.end();
            boolean drained = within(() -> witness.finished() == witness.started());
            report(round, witness, drive, drained);
        }
    }

    private static void report(Round round, Witness witness, Drive drive, boolean drained) {
        long lost = witness.started() - witness.finished();
        round.value("changes of gear", "changes", Better.HIGHER, drive.changes());
        round.value("tasks started", "tasks", Better.HIGHER, witness.started());
        round.value("tasks finished", "tasks", Better.HIGHER, witness.finished());
        round.value("tasks lost", "tasks", Better.LOWER, lost);
        round.value("tasks doubled", "tasks", Better.LOWER, witness.doubled());
        round.value("polls", "polls", Better.HIGHER, witness.polls());
        round.note("swap: " + drive.ways + ", at least " + drive.leastAlive + " tasks alive at each, seed " + SEED);
        if (!drained || witness.doubled() > 0 || witness.failed() > 0) {
            round.loss(lost + " tasks lost, " + witness.doubled() + " doubled, " + witness.failed() + " failed: "
                    + witness.describe());
        }
        if (drive.leastAlive < LEAST_ALIVE) {
            round.declareVoid("at a swap only " + drive.leastAlive + " tasks were alive");
        }
    }

    /** Waits until it holds; returns false if it does not in time. */
    private static boolean within(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    /** The course of the changes. */
    private static final class Drive {
        private final Round round;
        private final RuntimeAdmin admin;
        private final GearShifter shifter;
        private final List<String> schedulers;
        private final Witness witness;
        private final Random random = new Random(SEED);
        private final Map<Way, Integer> ways = new TreeMap<>();
        private final long changesBefore;
        private int next;
        private int leastAlive = Integer.MAX_VALUE;

        Drive(Round round, GearShifter shifter, List<String> schedulers, Witness witness) {
            this.round = round;
            this.admin = round.admin();
            this.shifter = shifter;
            this.schedulers = schedulers;
            this.witness = witness;
            this.changesBefore = admin.statistics().gearChanges();
        }

        long changes() {
            return admin.statistics().gearChanges() - changesBefore;
        }

        void run(int wanted) throws Exception {
            round.begin();
            int done = 0;
            while (done < wanted) {
                long start = System.nanoTime();
                leastAlive = Math.min(leastAlive, witness.alive());
                Way way = choose();
                next = (next + 1) % schedulers.size();
                take(way, schedulers.get(next));
                ways.merge(way, 1, Integer::sum);
                if (++done % 250 == 0) {
                    round.progress(done + " of " + wanted + " swaps, " + witness.alive() + " tasks alive");
                }
                long rest = EVERY_MILLIS - (System.nanoTime() - start) / 1_000_000;
                Thread.sleep(Math.max(0, rest));
            }
        }

        private Way choose() {
            int ticket = random.nextInt(10);
            for (Way way : Way.values()) {
                ticket -= way.share;
                if (ticket < 0) {
                    return way;
                }
            }
            throw new IllegalStateException("the shares do not add up to 10");
        }

        /** Changes gear in this way, to this scheduler where there is a choice. */
        private void take(Way way, String scheduler) throws Exception {
            switch (way) {
                case PIN -> admin.use(scheduler);
                case RANKING -> {
                    admin.useAuto();
                    if (shifter.prefer(scheduler)) {
                        awaitGear(Optional.of(scheduler));
                    }
                }
                case CLOSE_AND_REGISTER -> {
                    admin.useAuto();
                    String leaving = admin.inGear().orElseThrow();
                    shifter.close(leaving);
                    shifter.open(leaving);
                    awaitPresent();
                }
                case NEUTRAL -> {
                    for (String each : schedulers) {
                        shifter.close(each);
                    }
                    awaitGear(Optional.empty());
                    for (String each : schedulers) {
                        shifter.open(each);
                    }
                    awaitPresent();
                }
            }
        }

        private void awaitGear(Optional<String> wanted) throws InterruptedException {
            if (!within(() -> admin.inGear().equals(wanted))) {
                throw new IllegalStateException(
                        "in gear is " + admin.inGear().orElse("nothing") + " instead of " + wanted.orElse("nothing"));
            }
        }

        private void awaitPresent() throws InterruptedException {
            if (!within(() -> admin.schedulers().size() == schedulers.size() && admin.inGear().isPresent())) {
                throw new IllegalStateException("only " + admin.schedulers() + " are present after a restart");
            }
        }
    }
}
