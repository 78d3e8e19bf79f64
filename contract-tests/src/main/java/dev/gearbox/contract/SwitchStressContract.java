package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything at once, by seed: all ways to submit, from everywhere, beside hand-backs and closes. */
interface SwitchStressContract extends FixtureUser {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    default void nothing_is_lost_or_doubled_while_schedulers_hand_back_and_close(long seed) {
        int maxThreads = (int) (seed % 3) + 1;
        TinySwitch home = new TinySwitch(fixture().scheduler(maxThreads));
        List<CountedRun> runs = new ArrayList<>();
        int rounds = 40;
        for (int i = 0; i < 600; i++) {
            Random random = new Random(seed * 1_000 + i);
            runs.add(fixture().ledger
                    .run(self -> self.ran() + 1 < rounds ? home.way(random) : null)
                    .withHome(home.way(new Random(i))));
        }
        for (int t = 0; t < 3; t++) {
            List<CountedRun> mine = runs.subList(t * 200, t * 200 + 200);
            Random random = new Random(seed + t);
            fixture().start(() -> mine.forEach(run -> run.submit(home.way(random))));
        }
        fixture().start(() -> disturb(home, new Random(-seed), maxThreads));
        fixture().join();

        Eventually.until(() -> "all rounds, but " + short_of(runs, rounds), () -> short_of(runs, rounds) == 0);
        fixture().ledger.settle();
        assertThat(runs).allMatch(run -> run.ran() == rounds && run.refused() == 0);
    }

    private static long short_of(List<CountedRun> runs, int rounds) {
        return runs.stream().filter(run -> run.ran() < rounds).count();
    }

    private void disturb(TinySwitch home, Random random, int maxThreads) {
        for (int i = 0; i < 40; i++) {
            LockSupport.parkNanos(random.nextInt(200_000));
            switch (random.nextInt(4)) {
                case 0 -> home.current.get().handBack();
                case 1 -> home.current.get().renewThreads();
                case 2 -> {
                    Scheduler left = home.current.getAndSet(fixture().scheduler(maxThreads));
                    left.handBack();
                    left.close();
                }
                default -> home.current.getAndSet(fixture().scheduler(maxThreads)).close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    default void what_a_closing_scheduler_accepted_has_one_outcome_and_what_it_refused_none(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            Scheduler scheduler = fixture().scheduler(1 + random.nextInt(3));
            List<CountedRun> runs = fixture().ledger.empty(900);
            AtomicInteger plainAccepted = new AtomicInteger();
            AtomicInteger plainRan = new AtomicInteger();
            List<Executor> ways = List.of(scheduler, scheduler::executeYielded, scheduler::executeBlocking);
            for (int t = 0; t < 3; t++) {
                Executor way = ways.get(t);
                List<CountedRun> mine = runs.subList(t * 300, t * 300 + 300);
                fixture().start(() -> {
                    for (CountedRun run : mine) {
                        if (!run.submit(way)) {
                            break;
                        }
                        try {
                            way.execute(plainRan::incrementAndGet);
                            plainAccepted.incrementAndGet();
                        } catch (RejectedExecutionException closed) {
                            break; // the next would be refused too
                        }
                    }
                });
            }
            LockSupport.parkNanos(random.nextInt(1_500_000));
            scheduler.close();
            fixture().join();
            fixture().ledger.settle();
            assertThat(plainRan.get()).as("plain runnables run").isEqualTo(plainAccepted.get());
        }
    }

    /** The least that a switch can be: never refuses, since the next scheduler is in place before one closes. */
    final class TinySwitch {
        private final AtomicReference<Scheduler> current;

        TinySwitch(Scheduler first) {
            current = new AtomicReference<>(first);
        }

        /** Returns one of the three ways to submit, whichever scheduler is current then. */
        Executor way(RandomGenerator random) {
            return switch (random.nextInt(5)) {
                case 0 -> submitting(Scheduler::executeBlocking);
                case 1, 2 -> submitting(Scheduler::executeYielded);
                default -> submitting(Scheduler::execute);
            };
        }

        private Executor submitting(BiConsumer<Scheduler, Runnable> way) {
            return run -> {
                Scheduler refusing = null;
                while (true) {
                    Scheduler scheduler = current.get();
                    if (scheduler == refusing) {
                        throw new AssertionError("a scheduler refused that is neither closed nor closing");
                    }
                    try {
                        way.accept(scheduler, run);
                        return;
                    } catch (RejectedExecutionException refusal) {
                        refusing = scheduler;
                    }
                }
            };
        }
    }
}
