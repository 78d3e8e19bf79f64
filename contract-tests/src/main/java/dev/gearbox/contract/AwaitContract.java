package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Pollable#await()} on a worker never starves what it waits for. */
interface AwaitContract extends FixtureUser {
    @Test
    default void workers_that_wait_pass_their_role_on() {
        Scheduler scheduler = fixture().scheduler();
        Gate gate = new Gate();
        int waiters = SchedulerFixture.PROCESSORS + 2;
        List<CountedRun> waiting = waiters(waiters, gate);
        waiting.forEach(run -> run.submit(scheduler));
        Eventually.until("all wait", () -> gate.waiting() == waiters);

        List<CountedRun> others = fixture().ledger.empty(1_000);
        others.forEach(run -> run.submit(scheduler));
        Eventually.until("others run meanwhile", () -> others.stream().allMatch(run -> run.ran() == 1));

        assertThat(waiting).allMatch(run -> run.ran() == 0);
        gate.open();
        fixture().ledger.settle();
        assertThat(waiting).allMatch(run -> run.ran() == 1);
    }

    @Test
    default void what_a_waiting_worker_has_queued_itself_is_run_by_others() {
        Scheduler scheduler = fixture().scheduler(2);
        Gate gate = new Gate();
        List<CountedRun> queued = fixture().ledger.empty(20);
        CountedRun last = fixture().ledger.once(gate::open);

        CountedRun waiter = fixture().ledger.run(self -> {
            last.submit(scheduler);
            queued.forEach(run -> run.submit(scheduler)); // the newest is in the slot
            gate.passed().await();
            return null;
        });
        waiter.submit(scheduler);
        Eventually.until("the waiter has come through", () -> waiter.ran() == 1);

        fixture().ledger.settle();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    default void a_chain_of_nested_waits_longer_than_the_cap_ends(int maxThreads) {
        Scheduler scheduler = fixture().scheduler(maxThreads);
        int depth = 60;
        Gate[] ended = IntStream.range(0, depth).mapToObj(i -> new Gate()).toArray(Gate[]::new);
        CountedRun[] chain = new CountedRun[depth];
        for (int i = 0; i < depth; i++) {
            int link = i;
            chain[i] = fixture().ledger.run(self -> {
                if (link + 1 < depth) {
                    chain[link + 1].submit(scheduler);
                    ended[link + 1].passed().await();
                }
                ended[link].open();
                return null;
            });
        }

        chain[0].submit(scheduler);
        Eventually.until("the chain has ended", () -> chain[0].ran() == 1);

        fixture().ledger.settle();
        assertThat(chain).allMatch(run -> run.ran() == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    default void more_waits_than_threads_end_when_their_gate_is_opened(int maxThreads) {
        Scheduler scheduler = fixture().scheduler(maxThreads);
        Gate gate = new Gate();
        List<CountedRun> waiting = waiters(40, gate);
        waiting.forEach(run -> run.submit(scheduler));
        Eventually.until("all wait at once", () -> gate.waiting() == 40);

        CountedRun opener = fixture().ledger.once(gate::open);
        opener.submit(scheduler);
        fixture().ledger.settle();

        assertThat(waiting).allMatch(run -> run.ran() == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    default void thousands_of_waits_on_few_threads_do_not_overflow_a_stack(int maxThreads) {
        Scheduler scheduler = fixture().scheduler(maxThreads);
        Gate gate = new Gate();
        List<CountedRun> waiting = waiters(5_000, gate);
        waiting.forEach(run -> run.submit(scheduler));
        Eventually.until("as many wait as will", () -> gate.waiting() >= 50);

        gate.open();

        fixture().ledger.settle();
        assertThat(waiting).allMatch(run -> run.ran() == 1);
    }

    @Test
    default void a_wait_at_the_cap_ends_when_its_time_is_over() {
        Scheduler scheduler = fixture().scheduler(1);
        CountedRun run = fixture().ledger.run(self -> {
            assertThatThrownBy(() -> Pollable.never().await(Duration.ofMillis(20)))
                    .isInstanceOf(TimeoutException.class);
            return null;
        });

        run.submit(scheduler);
        fixture().ledger.settle();
        assertThat(run.ran()).isEqualTo(1);
    }

    @Test
    default void a_wait_at_the_cap_ends_when_its_thread_is_interrupted() {
        Scheduler scheduler = fixture().scheduler(1);
        Gate never = new Gate();
        CountedRun run = fixture().ledger.run(self -> {
            assertThatThrownBy(() -> never.passed().await()).isInstanceOf(InterruptedException.class);
            return null;
        });

        run.submit(scheduler);
        Eventually.until("it waits", () -> never.waiting() == 1);
        run.lastThread().interrupt();
        fixture().ledger.settle();
        assertThat(run.ran()).isEqualTo(1);
    }

    @Test
    default void a_run_goes_on_as_the_same_run_of_the_same_worker_after_waiting() {
        Scheduler scheduler = fixture().scheduler(2);
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            CountedRun run = fixture().ledger.run(self -> {
                Pollable.yieldNow().await();
                assertThat(((WorkerThread) Thread.currentThread()).currentRun())
                        .isSameAs(self);
                fixture().ledger.once(done::incrementAndGet).submit(scheduler);
                Pollable.yieldNow().await();
                assertThat(((WorkerThread) Thread.currentThread()).currentRun())
                        .isSameAs(self);
                return null;
            });
            run.submit(i % 2 == 0 ? scheduler : (Executor) scheduler::executeBlocking);
        }
        Eventually.until(() -> "all have come through, but " + done, () -> done.get() == 200);
        fixture().ledger.settle();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    default void waits_and_wakes_from_everywhere_miss_nothing(long seed) {
        // hunts a wake between the last poll of a wait and its park
        Scheduler scheduler = fixture().scheduler(4);
        Random random = new Random(seed);
        for (int batch = 0; batch < 6; batch++) {
            List<CountedRun> waiting = IntStream.range(0, 80)
                    .mapToObj(i -> waitingForAnOpener(scheduler, random.nextInt(10) == 0))
                    .toList();
            waiting.forEach(run -> run.submit(scheduler));
            Eventually.until("all come through", () -> waiting.stream().allMatch(run -> run.ran() == 1));
        }
        fixture().ledger.settle();
    }

    private CountedRun waitingForAnOpener(Scheduler scheduler, boolean outside) {
        Gate gate = new Gate();
        return fixture().ledger.run(self -> {
            if (outside) {
                fixture().start(gate::open);
            } else {
                fixture().ledger.once(gate::open).submit(scheduler);
            }
            gate.passed().await();
            return null;
        });
    }

    private List<CountedRun> waiters(int count, Gate gate) {
        return IntStream.range(0, count)
                .mapToObj(i -> fixture().ledger.run(self -> {
                    gate.passed().await();
                    return null;
                }))
                .toList();
    }
}
