package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that use up their time slice go behind the others, but not for ever. */
@Timeout(120)
class SecondClassTest {
    private final Ledger ledger = new Ledger();
    private final AtomicBoolean stop = new AtomicBoolean();
    private AdaptiveScheduler scheduler = Schedulers.of(1, 20);

    @AfterEach
    void close() {
        stop.set(true);
        scheduler.close();
        ledger.assertNoFaults();
    }

    @Test
    void hogs_are_not_passed_over_for_ever_by_short_tasks_that_never_end() {
        for (int i = 0; i < 3; i++) {
            ledger.run(self -> stop.get() ? null : scheduler::executeYielded).submit(scheduler);
        }
        List<CountedRun> hogs = List.of(hog(), hog(), hog());
        hogs.forEach(hog -> hog.submit(scheduler));
        Eventually.until(() -> "each hog gets on", () -> hogs.stream().allMatch(hog -> hog.ran() >= 4));
        stop.set(true);
        ledger.settle();
    }

    @Test
    void when_they_are_overdue_all_that_turn_out_short_have_their_turn() {
        AtomicLong now = new AtomicLong();
        scheduler = new AdaptiveScheduler(
                new Settings(1, 20, Duration.ofMillis(10), Duration.ofSeconds(10)), now::get, thread -> {
                    if (thread instanceof Machine) {
                        thread.start();
                    }
                });
        List<CountedRun> passedOver = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CountedRun run = ledger.empty();
            run.submit(scheduler.second::push);
            passedOver.add(run);
        }
        AtomicInteger polls = new AtomicInteger();
        ledger.run(self -> {
                    int poll = polls.incrementAndGet();
                    if (poll == 100) {
                        assertThat(passedOver).as("while no time has passed").allMatch(run -> run.ran() == 0);
                        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(101));
                    } else if (poll == 10_000) {
                        assertThat(passedOver).as("after 101 ms").allMatch(run -> run.ran() == 1);
                    }
                    return poll < 10_000 ? scheduler::executeYielded : null;
                })
                .submit(scheduler);
        ledger.settle();
        assertThat(polls).hasValue(10_000);
    }

    @Test
    void a_task_that_used_up_its_slice_is_queued_apart() {
        CountedRun hog = hog();
        CountedRun blocker = ledger.once(() -> {
            hog.submit(scheduler);
            Eventually.until("the hog has run elsewhere", () -> hog.ran() > 0);
        });
        blocker.submit(scheduler);
        Eventually.until("the hog goes on", () -> hog.ran() > 2);
        assertThat(scheduler.global.size()).isLessThanOrEqualTo(1);
        stop.set(true);
        ledger.settle();
    }

    private CountedRun hog() {
        return ledger.run(self -> {
            long end = System.nanoTime() + 30_000_000;
            while (System.nanoTime() < end && !stop.get()) {
                Thread.onSpinWait();
            }
            return stop.get() ? null : scheduler::executeYielded;
        });
    }
}
