package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeCore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of all kinds in flight while the gear changes in all ways, by seed. */
interface SwapStressContract extends SwapUser {
    int SWAPS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void no_task_is_lost_or_doubled_while_the_gear_changes(long seed) throws Exception {
        RuntimeCore core = fixture().neutral();
        Gears gears = new Gears(fixture(), core, new Random(seed));
        OwnedRuntime runtime = core.owner("contract");
        AtomicBoolean over = new AtomicBoolean();
        List<CountedTask> bodies = new ArrayList<>();
        List<Task<Integer>> tasks = new ArrayList<>();
        CountDownLatch lock = fixture().threads().latch();
        Gate gate = new Gate();
        AsyncRuntime pinned = runtime.pinnedTo("first");
        for (int i = 0; i < 40; i++) {
            polled(runtime, counted(bodies, 300, Pollable::yieldNow), tasks);
            polled(runtime, counted(bodies, 20, () -> runtime.sleep(Duration.ofMillis(1))), tasks);
            polled(runtime, counted(bodies, 1, gate::passed), tasks);
            polled(pinned, counted(bodies, 100, Pollable::yieldNow), tasks);
            polled(runtime, counted(bodies, 20, () -> wokenFromOutside(over)), tasks);
            polled(runtime, counted(bodies, 20, () -> runtime.spawn(() -> null)), tasks);
        }
        for (int i = 0; i < 4; i++) {
            direct(runtime, counted(bodies, 30, Pollable::yieldNow), tasks);
            direct(runtime, counted(bodies, 10, () -> runtime.sleep(Duration.ofMillis(1))), tasks);
            direct(runtime, counted(bodies, 10, () -> runtime.spawn(Pollable.yieldNow())), tasks);
            direct(runtime, counted(bodies, 1, gate::passed), tasks);
            tasks.add(runtime.spawnBlocking(counted(bodies, 1, () -> {
                Eventually.open("the release of the lock", lock);
                return Pollable.ready(null);
            })));
        }

        while (core.admin().statistics().gearChanges() < SWAPS) {
            gears.change();
            LockSupport.parkNanos(gears.random.nextInt(2_000_000));
        }
        gears.settle();
        over.set(true);
        lock.countDown();
        gate.open();

        Eventually.until(
                () -> "the end of all tasks, among them " + bodies.stream().filter(body -> !body.hasEnded()).findFirst(),
                () -> tasks.stream().allMatch(Task::isDone));
        for (Task<Integer> task : tasks) {
            Eventually.value(task);
        }
        assertThat(bodies).hasSize(tasks.size()).allMatch(CountedTask::hasEnded).noneMatch(CountedTask::wasDoubled);
        assertThat(core.admin().statistics().held()).isZero();
    }

    private static CountedTask counted(List<CountedTask> bodies, int rounds, Supplier<Pollable<?>> step) {
        CountedTask body = new CountedTask(rounds, step);
        bodies.add(body);
        return body;
    }

    private static void polled(AsyncRuntime runtime, Pollable<Integer> body, List<Task<Integer>> tasks) {
        tasks.add(runtime.spawn(body));
    }

    private static void direct(AsyncRuntime runtime, Callable<Integer> body, List<Task<Integer>> tasks) {
        tasks.add(runtime.spawn(body));
    }

    /** Pending until a thread of no scheduler has woken it. */
    private Pollable<Object> wokenFromOutside(AtomicBoolean over) {
        Probe<Object> probe = Probe.pending();
        ForkJoinPool.commonPool().execute(() -> {
            Eventually.until("the first poll", () -> probe.waker() != null || over.get());
            probe.complete(null);
        });
        return probe;
    }

    /** Changes gear in all ways there are. */
    final class Gears {
        private final SwapFixture fixture;
        private final RuntimeCore core;
        private final Random random;
        private final Named[] present = new Named[2];
        private final long[] ids = new long[2];
        private long nextId = 1;

        Gears(SwapFixture fixture, RuntimeCore core, Random random) {
            this.fixture = fixture;
            this.core = core;
            this.random = random;
            add(0);
            add(1);
        }

        private void add(int which) {
            if (present[which] == null) {
                present[which] = which == 0 ? fixture.first() : fixture.second();
                ids[which] = nextId++;
                core.addScheduler(ids[which], random.nextInt(10), present[which]);
            }
        }

        /** Removes it before, after or while it closes, which may take long because threads are blocked. */
        private void remove(int which, boolean closeFirst) {
            Named leaving = present[which];
            if (leaving != null) {
                present[which] = null;
                if (closeFirst) {
                    fixture.threads().start(leaving::close);
                    core.removeScheduler(ids[which]);
                } else {
                    core.removeScheduler(ids[which]);
                    fixture.threads().start(leaving::close);
                }
            }
        }

        void change() {
            int which = random.nextInt(2);
            switch (random.nextInt(8)) {
                case 0, 1 -> core.updateScheduler(ids[which], random.nextInt(10));
                case 2, 3 -> core.admin().schedulers().stream()
                        .skip(which)
                        .findFirst()
                        .ifPresent(info -> core.admin().use(info.name()));
                case 4 -> core.admin().useAuto();
                case 5 -> remove(which, random.nextBoolean());
                case 6 -> { // neutral gear
                    remove(0, random.nextBoolean());
                    remove(1, random.nextBoolean());
                    LockSupport.parkNanos(random.nextInt(1_000_000));
                    add(which);
                }
                default -> add(which);
            }
        }

        void settle() {
            core.admin().useAuto();
            add(0);
            add(1);
        }
    }
}
