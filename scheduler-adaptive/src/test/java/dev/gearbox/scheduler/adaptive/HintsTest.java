package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Gate;
import dev.gearbox.contract.Ledger;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits and blocks that are announced give the processor away beforehand, and get it back at once if nobody took it. */
@Timeout(120)
class HintsTest {
    private final Ledger ledger = new Ledger();
    private final AdaptiveScheduler scheduler = Schedulers.unwatched(1, 20);

    @AfterEach
    void close() {
        scheduler.close();
        ledger.assertNoFaults();
    }

    @Test
    void a_task_that_comes_back_at_once_goes_on_without_any_other_thread() {
        AtomicInteger withProcessor = new AtomicInteger();
        ledger.run(self -> {
                    Machine machine = (Machine) Thread.currentThread();
                    for (int i = 0; i < 1_000; i++) {
                        machine.beforeBlocking();
                        assertThat(machine.state()).isEqualTo(Machine.BLOCKED);
                        machine.afterBlocking();
                        withProcessor.addAndGet(machine.state() == Machine.RUNNING ? 1 : 0);
                    }
                    return null;
                })
                .submit(scheduler);
        ledger.settle();
        assertThat(withProcessor).hasValue(1_000);
        assertThat(scheduler.statistics().threadsStarted()).isEqualTo(1);
        assertThat(scheduler.statistics().unparks()).isZero();
        assertThat(scheduler.statistics().handOvers()).isZero();
    }

    @Test
    void runs_that_are_announced_to_block_and_do_not_stay_on_one_thread() {
        for (int i = 0; i < 100; i++) {
            ledger.empty().submit(scheduler::executeBlocking);
            ledger.settle();
            Eventually.until("it sleeps again", () -> scheduler.word.parked() == 1);
        }
        assertThat(scheduler.statistics().threadsStarted()).isEqualTo(1);
        assertThat(scheduler.statistics().handOvers()).isZero();
    }

    @Test
    void what_is_queued_behind_an_announced_block_runs_before_that_ends() {
        CountDownLatch other = new CountDownLatch(1);
        ledger.once(() -> {
                    ledger.once(other::countDown).submit(scheduler);
                    ledger.once(() -> Eventually.open("the other runs, which is queued behind", other))
                            .submit(scheduler::executeBlocking);
                })
                .submit(scheduler);
        ledger.once(() -> Eventually.open("the other runs", other)).submit(scheduler::executeBlocking);
        ledger.settle();
    }

    @Test
    void a_wait_inside_a_poll_of_another_wait_does_not_come_back_with_a_processor() {
        Gate inner = new Gate();
        AtomicReference<Waker> outer = new AtomicReference<>();
        AtomicReference<Machine> waiter = new AtomicReference<>();
        AtomicInteger polls = new AtomicInteger();
        AtomicInteger back = new AtomicInteger();
        ledger.run(self -> {
                    waiter.set((Machine) Thread.currentThread());
                    Pollable<Void> wait = waker -> {
                        outer.set(waker);
                        if (polls.incrementAndGet() == 2) {
                            inner.passed().await();
                            back.incrementAndGet();
                        }
                        return polls.get() < 3 ? Poll.pending() : Poll.ready(null);
                    };
                    wait.await();
                    return null;
                })
                .submit(scheduler);
        Eventually.until("it waits", () -> polls.get() == 1 && isAsleep(waiter.get()));
        outer.get().wake();
        Eventually.until("it waits inside", () -> inner.waiting() == 1 && isAsleep(waiter.get()));
        inner.open();
        Eventually.until("it waits again", () -> back.get() == 1 && isAsleep(waiter.get()));
        CountedRun other = ledger.empty();
        other.submit(scheduler);
        Eventually.until("others run, and the monitor has no part in it", () -> other.ran() == 1);
        outer.get().wake();
        ledger.settle();
    }

    private static boolean isAsleep(Machine machine) {
        return machine.getState() == Thread.State.WAITING || machine.getState() == Thread.State.TIMED_WAITING;
    }
}
