package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.spi.Scheduler;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Closing: refuse, send home what is queued, run what has no home, end the threads, wait for nobody too long. */
interface CloseContract extends FixtureUser {
    @Test
    default void a_closed_scheduler_refuses_everything() {
        Scheduler scheduler = fixture().scheduler();
        fixture().ledger.empty().submit(scheduler);
        fixture().ledger.settle();

        scheduler.close();

        Runnable plain = () -> {
            throw new IllegalStateException("not to be run");
        };
        assertThatThrownBy(() -> scheduler.execute(plain)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> scheduler.executeYielded(plain)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> scheduler.executeBlocking(plain)).isInstanceOf(RejectedExecutionException.class);
        CountedRun run = fixture().ledger.empty();
        assertThat(run.submit(scheduler)).isFalse();
        fixture().ledger.settle();
    }

    @Test
    default void a_scheduler_can_be_closed_before_use_and_twice_and_by_two_at_once() {
        fixture().scheduler().close();
        Scheduler scheduler = fixture().scheduler();
        fixture().ledger.empty(100).forEach(run -> run.submit(scheduler));
        fixture().start(scheduler::close);
        fixture().start(scheduler::close);
        fixture().join();
        scheduler.close();
        scheduler.handBack();
        scheduler.renewThreads();
        fixture().ledger.settle();
        fixture().assertNoThreadIsLeft();
        assertThat(scheduler.statistics().threads()).isZero();
    }

    @Test
    default void close_hands_back_what_is_queued_and_lets_a_blocked_thread_go() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        CountDownLatch begun = new CountDownLatch(1);
        List<CountedRun> inside = fixture().ledger.empty(500);
        List<CountedRun> outside = fixture().ledger.empty(500);
        List<CountedRun> late = fixture().ledger.empty(10);
        CountedRun stuck = fixture().ledger.once(() -> {
            inside.forEach(run -> run.submit(scheduler));
            begun.countDown();
            Eventually.open("the release", release);
            late.forEach(run -> run.submit(scheduler));
        });
        stuck.submit(scheduler);
        Eventually.open("the run has begun", begun);
        outside.forEach(run -> run.submit(scheduler));

        Thread closer = fixture().start(scheduler::close);
        Eventually.until("close ends although a run blocks", () -> !closer.isAlive());

        assertThat(inside).allMatch(run -> run.handedBack() == 1 && run.ran() == 0);
        assertThat(outside).allMatch(run -> run.handedBack() == 1 && run.ran() == 0);
        assertThat(fixture().newThreads()).as("the thread that was let go").contains(stuck.lastThread());
        release.countDown();
        fixture().assertNoThreadIsLeft();
        fixture().ledger.settle();
        assertThat(stuck.ran()).isEqualTo(1);
        assertThat(late).allMatch(run -> run.refused() == 1);
    }

    @Test
    default void a_run_that_waits_comes_through_after_the_close() {
        Scheduler scheduler = fixture().scheduler(2);
        Gate gate = new Gate();
        CountedRun waiter = fixture().ledger.run(self -> {
            gate.passed().await();
            return null;
        });
        waiter.submit(scheduler);
        Eventually.until("it waits", () -> gate.waiting() == 1);

        scheduler.close();
        gate.open();

        Eventually.until("it has come through", () -> waiter.ran() == 1);
        fixture().assertNoThreadIsLeft();
    }

    @Test
    default void a_run_that_waits_at_the_cap_comes_through_after_the_close() {
        Scheduler scheduler = fixture().scheduler(1);
        Gate gate = new Gate();
        List<CountedRun> waiters = List.of(waiter(gate), waiter(gate), waiter(gate));
        waiters.forEach(run -> run.submit(scheduler));
        Eventually.until("they wait", () -> gate.waiting() == 3);

        scheduler.close();
        gate.open();

        Eventually.until("they have come through", () -> waiters.stream().allMatch(run -> run.ran() == 1));
        fixture().assertNoThreadIsLeft();
    }

    private CountedRun waiter(Gate gate) {
        return fixture().ledger.run(self -> {
            gate.passed().await();
            return null;
        });
    }

    @Test
    default void plain_runnables_are_run_before_the_close_is_over() {
        Scheduler scheduler = fixture().scheduler();
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 2_000; i++) {
            scheduler.execute(count::incrementAndGet);
            scheduler.executeBlocking(count::incrementAndGet);
        }

        scheduler.close();

        assertThat(count).hasValue(4_000);
    }

    @Test
    default void plain_runnables_behind_a_blocked_worker_are_run_before_the_close_is_over() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        fixture().ledger
                .once(() -> {
                    for (int i = 0; i < 300; i++) {
                        scheduler.execute(count::incrementAndGet);
                    }
                    begun.countDown();
                    Eventually.open("the release", release);
                })
                .submit(scheduler);
        Eventually.open("the run has begun", begun);
        for (int i = 0; i < 300; i++) {
            scheduler.execute(count::incrementAndGet);
        }

        scheduler.close();

        assertThat(count).hasValue(600);
    }

    @Test
    default void a_plain_runnable_that_throws_during_the_close_does_not_harm_it() {
        Scheduler scheduler = fixture().scheduler(1);
        CountDownLatch release = fixture().latch();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        scheduler.execute(() -> {
            begun.countDown();
            Eventually.open("the release", release);
        });
        Eventually.open("the first runnable has begun", begun);
        for (int i = 0; i < 100; i++) {
            scheduler.execute(() -> {
                count.incrementAndGet();
                throw new IllegalStateException("planted");
            });
        }
        List<CountedRun> queued = fixture().ledger.empty(100);
        queued.forEach(run -> run.submit(scheduler));

        scheduler.close();

        assertThat(count).hasValue(100);
        assertThat(queued).allMatch(run -> run.handedBack() == 1);
    }

    @Test
    default void closing_on_an_interrupted_thread_loses_nothing_and_keeps_the_interrupt() {
        Scheduler scheduler = fixture().scheduler();
        AtomicInteger plain = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        List<CountedRun> runs = fixture().ledger.empty(1_000);
        fixture().start(() -> {
            for (CountedRun run : runs) {
                run.submit(scheduler);
                scheduler.execute(plain::incrementAndGet);
            }
            Thread.currentThread().interrupt();
            scheduler.close();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        fixture().join();

        assertThat(plain).hasValue(1_000);
        assertThat(interrupted).isTrue();
        fixture().ledger.settle();
    }

    @Test
    default void a_run_may_close_its_own_scheduler() {
        Scheduler scheduler = fixture().scheduler(1);
        List<CountedRun> queued = fixture().ledger.empty(100);
        CountedRun closer = fixture().ledger.once(() -> {
            queued.forEach(run -> run.submit(scheduler));
            scheduler.close();
        });

        closer.submit(scheduler);
        Eventually.until("close has returned", () -> closer.ran() == 1);

        fixture().ledger.settle();
        assertThat(queued).allMatch(run -> run.handedBack() == 1);
        fixture().assertNoThreadIsLeft();
    }
}
