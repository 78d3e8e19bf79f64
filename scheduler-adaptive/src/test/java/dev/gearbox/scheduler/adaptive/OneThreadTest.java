package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread is used when one is enough, and none when there is nothing to do. */
@Timeout(120)
class OneThreadTest {
    private final Ledger ledger = new Ledger();
    private AdaptiveScheduler scheduler;

    @AfterEach
    void close() {
        scheduler.close();
        ledger.assertNoFaults();
    }

    @Test
    void two_that_wake_each_other_stay_on_one_thread() {
        scheduler = Schedulers.unwatched(4, 20);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicReference<CountedRun> ping = new AtomicReference<>();
        AtomicReference<CountedRun> pong = new AtomicReference<>();
        ping.set(ledger.once(() -> next(threads, pong.get())));
        pong.set(ledger.once(() -> next(threads, ping.get())));

        ping.get().submit(scheduler);
        ledger.settle();

        assertThat(ping.get().ran() + pong.get().ran()).isEqualTo(1_000);
        assertThat(threads).hasSize(1);
        assertThat(scheduler.statistics().threadsStarted()).isEqualTo(1);
        assertThat(scheduler.statistics().unparks()).isZero();
    }

    private void next(Set<Thread> threads, CountedRun other) {
        threads.add(Thread.currentThread());
        if (other.ran() < 500) {
            other.submit(scheduler);
        }
    }

    @Test
    void of_the_machines_that_are_parked_the_last_one_is_woken() throws InterruptedException {
        scheduler = Schedulers.unwatched(2, 20);
        Map<Thread, CountDownLatch> releases = new ConcurrentHashMap<>();
        for (int i = 1; i <= 2; i++) {
            int expected = i;
            ledger.once(() -> {
                        CountDownLatch release = new CountDownLatch(1);
                        releases.put(Thread.currentThread(), release);
                        Eventually.open("it is released", release);
                    })
                    .submit(scheduler);
            Eventually.until("a machine runs it", () -> releases.size() == expected);
            Thread.sleep(1); // after which nobody expects the first machine to take the second run
        }
        Machine[] machines = scheduler.machines.all();
        for (int parked = 0; parked < 2; parked++) {
            int before = parked;
            releases.get(machines[parked]).countDown();
            Eventually.until("it is parked", () -> scheduler.word.parked() == before + 1);
        }

        AtomicReference<Thread> woken = new AtomicReference<>();
        ledger.once(() -> woken.set(Thread.currentThread())).submit(scheduler);
        ledger.settle();

        assertThat(woken).hasValue(machines[1]);
    }

    @Test
    void runs_that_come_one_by_one_stay_on_one_thread() {
        scheduler = Schedulers.unwatched(4, 20);
        for (int i = 0; i < 1_000; i++) {
            ledger.empty().submit(scheduler);
            ledger.settle();
            Eventually.until("it sleeps again", () -> scheduler.word.running() == 0);
        }
        assertThat(scheduler.statistics().threadsStarted()).isEqualTo(1);
    }

    @Test
    void long_runs_bring_more_threads_to_work() {
        scheduler = Schedulers.unwatched(2, 20);
        CountDownLatch both = new CountDownLatch(2);
        ledger.once(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        ledger.once(() -> spin(50_000)).submit(scheduler);
                    }
                    for (int i = 0; i < 2; i++) {
                        ledger.once(() -> {
                                    both.countDown();
                                    Eventually.open("two threads are here at once", both);
                                })
                                .submit(scheduler::executeYielded);
                    }
                })
                .submit(scheduler);
        ledger.settle();
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void an_idle_scheduler_sleeps_without_limit_and_wakes_for_the_next_run() {
        scheduler = Schedulers.impatient(2, 20);
        for (int i = 0; i < 2; i++) {
            CountDownLatch blocked = new CountDownLatch(6);
            for (int k = 0; k < 6; k++) {
                ledger.once(() -> {
                            blocked.countDown();
                            Eventually.open("all six block", blocked);
                        })
                        .submit(scheduler);
            }
            ledger.settle();
            Eventually.until(() -> "all sleep without limit, but " + states(), this::allSleepWithoutLimit);
            long wakeUps = scheduler.statistics().monitorWakeUps();
            long parks = scheduler.statistics().parks();
            assertThat(scheduler.statistics().threads()).isLessThanOrEqualTo(2);
            assertThat(allSleepWithoutLimit()).isTrue();
            assertThat(scheduler.statistics().monitorWakeUps()).isEqualTo(wakeUps);
            assertThat(scheduler.statistics().parks()).isEqualTo(parks);
        }
    }

    private boolean allSleepWithoutLimit() {
        return ours().filter(thread -> thread.getState() != Thread.State.WAITING).findAny().isEmpty();
    }

    private String states() {
        return ours().map(thread -> thread.getName() + " " + thread.getState()).toList().toString();
    }

    private static java.util.stream.Stream<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gearbox-adaptive"));
    }

    @Test
    void the_monitor_that_fell_silent_comes_back_when_a_task_blocks() {
        scheduler = Schedulers.of(1, 20);
        ledger.empty().submit(scheduler);
        ledger.settle();
        Eventually.until(() -> "silence, but " + states(), this::allSleepWithoutLimit);

        CountDownLatch released = new CountDownLatch(1);
        ledger.once(() -> {
                    ledger.once(released::countDown).submit(scheduler);
                    Eventually.open("the one in the slot runs elsewhere", released);
                })
                .submit(scheduler);
        ledger.settle();
        assertThat(Arrays.stream(scheduler.machines.all()).toList()).hasSizeGreaterThan(1);
    }
}
