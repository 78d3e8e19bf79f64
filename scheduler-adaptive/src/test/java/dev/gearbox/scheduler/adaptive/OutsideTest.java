package dev.gearbox.scheduler.adaptive;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OutsideTest {
    @Test
    void runs_known_to_block_are_started_beside_others_that_keep_the_global_queue_full() {
        Ledger ledger = new Ledger();
        AtomicBoolean stop = new AtomicBoolean();
        AdaptiveScheduler scheduler = Schedulers.of(1, 20);
        for (int i = 0; i < 10; i++) {
            ledger.run(self -> stop.get() ? null : scheduler.global::push).submit(scheduler);
        }
        CountedRun blocking = ledger.empty();
        blocking.submit(scheduler::executeBlocking);
        Eventually.until("it is started", () -> blocking.ran() == 1);
        stop.set(true);
        ledger.settle();
        scheduler.close();
    }
}
