package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that leaves its task while it is convicted loses its processor too late, and nothing else. */
@Timeout(120)
class LateConvictionTest {
    private final Ledger ledger = new Ledger();

    @Test
    void a_processor_that_is_taken_for_a_task_which_is_over_comes_back_and_nothing_is_lost() {
        AdaptiveScheduler scheduler = Schedulers.unwatched(1, 2);
        CountDownLatch blocks = new CountDownLatch(1);
        AtomicBoolean computes = new AtomicBoolean(true);
        List<CountedRun> behind = ledger.empty(10);
        CountedRun next = ledger.once(() -> {
            behind.forEach(run -> run.submit(scheduler));
            while (computes.get()) {
                Thread.onSpinWait();
            }
        });
        CountedRun first = ledger.once(() -> {
            next.submit(scheduler);
            Eventually.open("the first is released", blocks);
        });
        first.submit(scheduler);
        Eventually.until("it blocks", () -> scheduler.machines.all().length == 1
                && scheduler.machines.all()[0].evidence.isBlocked(System.nanoTime()));
        Machine machine = scheduler.machines.all()[0];
        long convicted = machine.sequence();

        blocks.countDown(); // and only now the conviction is executed
        Eventually.until("it is in its next task", () -> machine.lane.size() == 10);
        assertThat(machine.sequence()).isNotEqualTo(convicted);
        assertThat(machine.evidence.isBlocked(System.nanoTime())).isFalse();
        assertThat(scheduler.takeover.handOver(machine)).isTrue();
        Eventually.until("others run", () -> behind.stream().allMatch(run -> run.ran() == 1));
        assertThat(next.ran()).as("it goes on").isZero();

        computes.set(false);
        ledger.settle();
        Eventually.until(() -> "all are idle: " + scheduler.word, () -> isIdle(scheduler));
        scheduler.close();
        ledger.assertNoFaults();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void convictions_that_race_with_the_end_of_the_block_lose_nothing(long seed) {
        // hunts runs and processors that are lost when a machine is displaced just as it goes on
        AdaptiveScheduler scheduler = Schedulers.of(1 + (int) seed % 2, 6);
        AtomicBoolean over = new AtomicBoolean();
        Thread accuser = new Thread(() -> {
            Random random = new Random(seed);
            while (!over.get()) {
                for (Machine machine : scheduler.machines.all()) {
                    if (machine.evidence.isBlocked(System.nanoTime()) && random.nextInt(4) == 0) {
                        scheduler.takeover.handOver(machine);
                    }
                }
                LockSupport.parkNanos(random.nextInt(200_000));
            }
        });
        accuser.start();
        try {
            for (int round = 0; round < 150; round++) {
                Random random = new Random(seed * 1_000 + round);
                List<CountedRun> behind = ledger.empty(random.nextInt(5));
                CountedRun blocking = ledger.run(self -> {
                    behind.forEach(run -> run.submit(scheduler));
                    LockSupport.parkNanos(random.nextInt(300_000));
                    return null;
                });
                blocking.submit(scheduler);
                if (random.nextBoolean()) {
                    ledger.settle();
                }
            }
            ledger.settle();
        } finally {
            over.set(true);
        }
        Eventually.until("the accuser has ended", () -> !accuser.isAlive());
        Eventually.until(() -> "all are idle: " + scheduler.word, () -> isIdle(scheduler));
        scheduler.close();
        ledger.assertNoFaults();
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
}
