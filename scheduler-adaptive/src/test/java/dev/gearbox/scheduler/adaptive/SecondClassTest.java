package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import dev.gearbox.support.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that use up their time slice go behind the others, but not for ever. */
@Timeout(120)
class SecondClassTest {
    private final Ledger ledger = new Ledger();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger secondClass = new AtomicInteger();
    private final AtomicInteger mostSecondClass = new AtomicInteger();
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
        scheduler = unwatched(now::get);
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
    void they_are_passed_over_for_100_ms_and_62_polls_and_no_longer() {
        AtomicLong now = new AtomicLong();
        scheduler = unwatched(now::get);
        AtomicInteger polls = new AtomicInteger();
        AtomicInteger pollsWhenDue = new AtomicInteger();
        AtomicInteger pollsWhenTaken = new AtomicInteger();
        CountedRun passedOver = ledger.once(() -> pollsWhenTaken.set(polls.get()));
        ledger.run(self -> {
                    int poll = polls.incrementAndGet();
                    if (poll == 1) {
                        passedOver.submit(this::executeSecondClass); // from here, so that other work is there from the start
                    } else if (poll == 10_000) {
                        assertThat(passedOver.ran()).as("while no time has passed").isZero();
                        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
                    } else if (poll == 20_000) {
                        assertThat(passedOver.ran()).as("after 100 ms").isZero();
                        now.addAndGet(1);
                        pollsWhenDue.set(poll);
                    }
                    return poll < 30_000 ? scheduler::executeYielded : null;
                })
                .submit(scheduler);
        ledger.settle();
        assertThat(pollsWhenTaken.get() - pollsWhenDue.get()).isBetween(0, 62);
    }

    @Test
    void one_on_the_only_processor_is_handed_over_as_soon_as_other_work_comes() {
        scheduler = unwatched(Clock.SYSTEM); // the monitor has no part in it
        CountedRun hog = secondClassHog();
        for (int i = 0; i < 20; i++) {
            CountedRun run = ledger.empty();
            run.submit(scheduler);
            Eventually.until("it runs beside the hog", () -> run.ran() == 1);
            assertThat(hog.ran()).as("the hog is in its first poll").isZero();
        }
        stop.set(true);
        ledger.settle();
    }

    @Test
    void one_that_wakes_another_task_is_handed_over_to_it_at_once() {
        scheduler = unwatched(Clock.SYSTEM);
        CountedRun woken = ledger.empty();
        ledger.once(() -> {
                    woken.submit(scheduler);
                    spinUntilStopped();
                })
                .submit(this::executeSecondClass);
        Eventually.until("it runs beside the hog", () -> woken.ran() == 1);
    }

    @Test
    void one_that_was_handed_over_does_not_make_room_for_the_next() {
        for (int i = 0; i < 6; i++) {
            hog().submit(scheduler);
        }
        Eventually.until("they are second class", () -> mostSecondClass.get() > 0);
        for (int i = 0; i < 100; i++) {
            CountedRun run = ledger.empty();
            run.submit(scheduler);
            Eventually.until("it runs beside the hogs", () -> run.ran() == 1);
        }
        assertThat(mostSecondClass.get()).as("at once; one may just have been seen asleep").isLessThanOrEqualTo(2);
        stop.set(true);
        ledger.settle();
    }

    @Test
    void events_are_delivered_at_once_while_all_processors_have_such_runs() {
        scheduler = unwatched(Clock.SYSTEM);
        FakeTimers timers = new FakeTimers();
        scheduler.drive(null, timers);
        CountedRun hog = secondClassHog();
        for (int i = 0; i < 20; i++) {
            CountedRun run = ledger.empty();
            timers.put(() -> run.submit(scheduler));
            Eventually.until("the event's task runs beside the hog", () -> run.ran() == 1);
        }
        assertThat(hog.ran()).as("the hog is in its first poll").isZero();
        stop.set(true);
        ledger.settle();
    }

    @Test
    void those_that_block_make_room_for_the_others() {
        CountDownLatch all = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            ledger.once(() -> {
                        all.countDown();
                        Eventually.open("all four are here", all);
                    })
                    .submit(this::executeSecondClass);
        }
        ledger.settle();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4"})
    void none_is_slept_through(long seed, int processors) {
        // hunts a machine that goes to sleep since enough of them run, just when one of those ends; nobody else looks
        scheduler = Schedulers.unwatched(processors, 20);
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < processors + 2; i++) {
                Random random = new Random(seed * 10_000 + round * 10 + i);
                CountedRun run = ledger.run(self -> {
                    spin(random.nextInt(3_000));
                    return self.ran() < 20 ? random.nextInt(4) == 0 ? scheduler : this::executeSecondClass : null;
                });
                run.submit(random.nextBoolean() ? scheduler : this::executeSecondClass);
            }
            ledger.settle();
        }
        assertThat(scheduler.secondClassRuns).hasValue(0);
    }

    @Test
    void a_task_that_used_up_its_slice_is_queued_apart() {
        CountedRun hog = hog();
        CountedRun blocker = ledger.once(() -> {
            hog.submit(scheduler);
            Eventually.until("the hog has run elsewhere", () -> hog.ran() > 0);
        });
        blocker.submit(scheduler);
        Eventually.until("the hog is second class", () -> mostSecondClass.get() > 0);
        stop.set(true);
        ledger.settle();
    }

    private void executeSecondClass(Runnable run) {
        Machine from = Thread.currentThread() instanceof Machine machine ? machine : null;
        scheduler.executeSecondClass(from, run);
        scheduler.monitor.nudge();
    }

    private static AdaptiveScheduler unwatched(Clock clock) {
        return new AdaptiveScheduler(
                new Settings(1, 20, Duration.ofMillis(10), Duration.ofSeconds(10)), clock, thread -> {
                    if (thread instanceof Machine) {
                        thread.start();
                    }
                });
    }

    /** A hog in its first poll, of the second class. */
    private CountedRun secondClassHog() {
        CountDownLatch inside = new CountDownLatch(1);
        CountedRun hog = ledger.once(() -> {
            inside.countDown();
            spinUntilStopped();
        });
        hog.submit(this::executeSecondClass);
        Eventually.open("it runs", inside);
        return hog;
    }

    private void spinUntilStopped() {
        while (!stop.get()) {
            Thread.onSpinWait();
        }
    }

    private CountedRun hog() {
        return ledger.run(self -> {
            boolean isSecond = ((Machine) Thread.currentThread()).isSecondClass();
            if (isSecond) {
                mostSecondClass.accumulateAndGet(secondClass.incrementAndGet(), Math::max);
            }
            spin(30_000_000);
            if (isSecond) {
                secondClass.decrementAndGet();
            }
            return stop.get() ? null : (Executor) scheduler::executeYielded;
        });
    }

    private void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end && !stop.get()) {
            Thread.onSpinWait();
        }
    }
}
