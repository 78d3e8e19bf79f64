package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** Tasks that only compute, never for long, and must not be taken for tasks that block. */
@Component(service = Scenario.class, property = "service.ranking:Integer=111")
public final class ShortComputations implements Scenario {
    private static final int ROOTS = 32 * Runtime.getRuntime().availableProcessors();
    private static final int SPAWN_EVERY = 4;
    private static final int[] MICROS = {50, 100, 200, 400, 800, 1_600, 3_200, 5_000};
    private static final long SEED = 50_5_000;

    private final int steps;

    /** Called by Declarative Services. */
    public ShortComputations() {
        this(48);
    }

    /**
     * Makes one.
     *
     * @param steps how often each task computes; a third of that when it has to be quick
     */
    ShortComputations(int steps) {
        this.steps = steps;
    }

    @Override
    public String name() {
        return "short-computations";
    }

    @Override
    public String description() {
        return ROOTS + " tasks (32 per processor) compute 50 µs to 5 ms, yield and spawn others: no reason for a hand-over";
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
        Load load = new Load(round.runtime(), round.quick() ? steps / 3 : steps);
        SchedulerStatistics before = UnderTest.statistics(round);
        long reportsBefore = round.admin().statistics().blockedReports();
        round.begin();
        try {
            load.run();
        } catch (LostWorkException lost) {
            round.loss(lost.getMessage());
            return;
        }
        round.end();
        long handOvers = UnderTest.statistics(round).handOvers() - before.handOvers();
        long reports = round.admin().statistics().blockedReports() - reportsBefore;
        round.work(load.expected(), "computation");
        round.value("throughput", "computations/s", Better.HIGHER, load.expected() / (round.nanos() / 1e9));
        round.value("false takeovers", "1", Better.LOWER, handOvers);
        round.value("reports", "1", Better.LOWER, reports);
        if (handOvers != 0) {
            round.violation(handOvers + " times a task was taken for blocked or too long that computed for 5 ms at most");
        }
        if (reports != 0) {
            round.violation(reports + " reports were made of tasks that computed for 5 ms at most");
        }
    }

    /** The tasks of one round. */
    private static final class Load {
        private final AsyncRuntime runtime;
        private final int steps;
        private final Finish finish;
        private final AtomicInteger done = new AtomicInteger();
        private final List<CpuWork> works;

        Load(AsyncRuntime runtime, int steps) {
            this.runtime = runtime;
            this.steps = steps;
            finish = new Finish(ROOTS + ROOTS * (steps / SPAWN_EVERY));
            works = Arrays.stream(MICROS).mapToObj(CpuWork::ofMicros).toList();
        }

        int expected() {
            return ROOTS * steps + ROOTS * (steps / SPAWN_EVERY);
        }

        void run() throws InterruptedException, LostWorkException {
            StartLine line = new StartLine(ROOTS);
            for (int i = 0; i < ROOTS; i++) {
                runtime.spawn(new Computing(this, line, i, new Random(SEED + i)));
            }
            finish.await();
            if (done.get() != expected()) {
                throw new LostWorkException(done + " computations were made instead of " + expected());
            }
        }

        void compute(Random random) {
            works.get(random.nextInt(works.size())).run();
            done.incrementAndGet();
        }

        /** Spawns one that computes once. */
        void spawn(long seed) {
            runtime.spawn((Pollable<Void>) waker -> {
                compute(new Random(seed));
                finish.arrive();
                return Poll.ready(null);
            });
        }
    }

    private static final class Computing implements Pollable<Void> {
        private final Load load;
        private final StartLine line;
        private final int place;
        private final Random random;
        private int step;

        Computing(Load load, StartLine line, int place, Random random) {
            this.load = load;
            this.line = line;
            this.place = place;
            this.random = random;
        }

        @Override
        public Poll<Void> poll(Waker waker) {
            if (step == 0 && !line.pass(place, waker)) {
                return Poll.pending();
            }
            load.compute(random);
            step++;
            if (step % SPAWN_EVERY == 0) {
                load.spawn(random.nextLong());
            }
            if (step < load.steps) {
                waker.wake();
                return Poll.pending();
            }
            load.finish.arrive();
            return Poll.ready(null);
        }
    }
}
