package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Ledger;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait that is announced gives the processor away, and keeps nobody else waiting. */
@Timeout(120)
class AnnouncedWaitTest {
    private static final int WAITS = 200_000;

    private final Ledger ledger = new Ledger();
    private final AdaptiveScheduler scheduler = Schedulers.of(2, 100);

    @AfterEach
    void close() {
        scheduler.close();
        ledger.assertNoFaults();
    }

    /** Hunts the run that is queued just while the waiting machine decides what to do with its processor. */
    @Test
    void nothing_runs_on_top_of_a_wait_while_threads_can_be_had() {
        AtomicInteger kept = new AtomicInteger();
        CountedRun waiting = ledger.once(() -> {
            Machine machine = (Machine) Thread.currentThread();
            for (int i = 0; i < WAITS; i++) {
                if (!machine.beforeBlocking()) {
                    kept.incrementAndGet();
                }
                machine.afterBlocking();
            }
        });
        waiting.submit(scheduler);
        while (waiting.ran() == 0) {
            ledger.empty().submit(scheduler);
            Thread.onSpinWait();
        }
        ledger.settle();
        assertThat(kept).as("processors kept").hasValue(0);
    }
}
