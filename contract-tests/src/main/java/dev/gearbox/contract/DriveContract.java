package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gearbox.spi.Scheduler;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scheduler that polls for others polls well, and one that may not any more has given the role back. */
interface DriveContract extends FixtureUser {
    @Test
    default void roles_are_given_back_when_drive_returns_and_when_the_scheduler_closes() {
        Scheduler scheduler = fixture().scheduler();
        FakeSource first = new FakeSource();
        FakeSource second = new FakeSource();
        for (int i = 0; i < 50; i++) {
            scheduler.drive(null, first);
            fixture().ledger.empty(5).forEach(run -> run.submit(scheduler));
            scheduler.drive(null, second);
            assertThat(first.isTaken()).as("a role at the replaced source").isFalse();
            fixture().ledger.empty(5).forEach(run -> run.submit(scheduler));
            scheduler.drive(null, null);
            assertThat(second.isTaken()).as("a role at the withdrawn source").isFalse();
        }
        fixture().ledger.settle();
        scheduler.drive(null, first);
        scheduler.close();
        assertThat(first.isTaken()).as("a role of a closed scheduler").isFalse();
        scheduler.drive(null, second);
        assertThat(second.isTaken()).as("a role taken by a closed scheduler").isFalse();
    }

    @Test
    default void a_source_that_refuses_or_closes_does_no_harm() {
        Scheduler scheduler = fixture().scheduler();
        FakeSource closed = new FakeSource();
        closed.close();
        scheduler.drive(null, closed);
        fixture().ledger.empty(100).forEach(run -> run.submit(scheduler));
        fixture().ledger.settle();

        FakeSource taken = new FakeSource();
        taken.announce(() -> {});
        scheduler.drive(null, taken);
        fixture().ledger.empty(100).forEach(run -> run.submit(scheduler));
        fixture().ledger.settle();

        FakeSource closing = new FakeSource();
        scheduler.drive(null, closing);
        fixture().ledger.empty(100).forEach(run -> run.submit(scheduler));
        closing.close();
        fixture().ledger.empty(100).forEach(run -> run.submit(scheduler));
        fixture().ledger.settle();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 0})
    default void a_scheduler_that_sleeps_in_a_source_wakes_up_for_each_run(int maxThreads) {
        // hunts the run that is queued just when the last worker goes to wait for events
        Scheduler scheduler = maxThreads == 0 ? fixture().scheduler() : fixture().scheduler(maxThreads);
        scheduler.drive(null, new FakeSource());
        Random random = new Random(maxThreads);
        for (int i = 0; i < 1_500; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            fixture().ledger.once(ran::countDown).submit(scheduler);
            Eventually.open("run number " + i, ran);
            spin(random.nextInt(60_000));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void each_event_of_a_source_that_it_polls_is_delivered(boolean busy) {
        Scheduler scheduler = fixture().scheduler();
        FakeSource source = new FakeSource();
        scheduler.drive(null, source);
        fixture().ledger.empty().submit(scheduler);
        fixture().ledger.settle();
        assumeTrue(source.announced() > 0, "it does not poll for others");
        AtomicBoolean stop = new AtomicBoolean();
        if (busy) {
            for (int i = 0; i < 2 * SchedulerFixture.PROCESSORS; i++) {
                fixture().ledger
                        .run(self -> stop.get() ? null : scheduler::executeYielded)
                        .submit(scheduler);
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < (busy ? 200 : 1_500); i++) {
            CountDownLatch delivered = new CountDownLatch(1);
            CountedRun run = fixture().ledger.once(delivered::countDown);
            source.happen(() -> run.submit(scheduler));
            Eventually.open("event number " + i, delivered);
            spin(random.nextInt(60_000));
        }
        stop.set(true);
        fixture().ledger.settle();
    }

    private static void spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }
}
