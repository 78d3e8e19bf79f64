package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Pollable;
import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After whatever takeovers, the idle word agrees with the machines: nobody is counted who is not there. */
@Timeout(120)
class SumsTest {
    private final Ledger ledger = new Ledger();

    @ParameterizedTest
    @CsvSource({"1, 1, 20", "2, 2, 20", "3, 2, 3", "4, 1, 1", "5, 4, 6", "6, 1, 4"})
    void the_sums_are_right_after_tasks_that_block_compute_wait_and_yield(long seed, int processors, int maxThreads) {
        // hunts a count that stays up when a machine loses its processor just as it is woken or falls asleep
        AdaptiveScheduler scheduler = Schedulers.of(processors, maxThreads);
        FakeTimers timers = new FakeTimers();
        if (seed % 2 == 0) {
            scheduler.drive(null, timers);
        }
        for (int round = 0; round < 4; round++) {
            long roundSeed = seed * 100 + round;
            List<CountedRun> runs = IntStream.range(0, 40)
                    .mapToObj(i -> task(scheduler, new Random(roundSeed * 100 + i)))
                    .toList();
            Random random = new Random(roundSeed);
            for (CountedRun run : runs) {
                run.submit(random.nextInt(8) == 0 ? scheduler::executeBlocking : scheduler);
                LockSupport.parkNanos(random.nextInt(200_000));
            }
            ledger.settle();
            Eventually.until(() -> "all are idle: " + scheduler.word, () -> isIdle(scheduler));
            assertThat(scheduler.word.searching()).isZero();
        }
        scheduler.close();
        ledger.assertNoFaults();
    }

    @Test
    void a_machine_that_is_displaced_before_it_is_awake_still_ends_its_search() {
        AdaptiveScheduler scheduler = Schedulers.unwatched(1, 1);
        ledger.empty().submit(scheduler);
        ledger.settle();
        Eventually.until("it is parked", () -> isIdle(scheduler) && scheduler.word.parked() == 1);
        Machine machine = scheduler.machines.all()[0];

        // as whoever wakes it does, and then whoever needs its processor
        assertThat(scheduler.word.claim(false)).isEqualTo(IdleWord.Claim.PARKED);
        assertThat(machine.cas(Machine.PARKED, Machine.RUNNING)).isTrue();
        assertThat(machine.cas(Machine.RUNNING, Machine.DISPLACED)).isTrue();
        machine.signal();
        scheduler.word.release();
        machine.parker.unpark();

        Eventually.until(() -> "it is parked again: " + scheduler.word, () -> isIdle(scheduler));
        ledger.empty().submit(scheduler);
        ledger.settle();
        scheduler.close();
    }

    private static boolean isIdle(AdaptiveScheduler scheduler) {
        long parked = 0;
        for (Machine machine : scheduler.machines.all()) {
            parked += machine.state() == Machine.PARKED ? 1 : 0;
        }
        return scheduler.word.running() == 0
                && scheduler.word.searching() == 0
                && scheduler.word.parked() == parked;
    }

    private CountedRun task(AdaptiveScheduler scheduler, Random random) {
        return ledger.run(self -> {
            switch (random.nextInt(6)) {
                case 0 -> LockSupport.parkNanos(random.nextInt(3_000_000));
                case 1 -> spin(random.nextInt(12_000_000));
                case 2 -> Pollable.yieldNow().await();
                case 3 -> ledger.empty(5).forEach(run -> run.submit(scheduler));
                default -> spin(random.nextInt(5_000));
            }
            return self.ran() < 12 ? again(scheduler, random) : null;
        });
    }

    private static Executor again(AdaptiveScheduler scheduler, Random random) {
        return random.nextBoolean() ? scheduler::executeYielded : scheduler;
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
