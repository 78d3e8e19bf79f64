package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Gate;
import dev.gearbox.spi.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tasks that spawn, wait for each other, yield and block, on schedulers that hand back, close, renew their threads and
 * change their size meanwhile: each run has one outcome, and at the end every count is at rest.
 */
@Timeout(120)
class ChaosTest {
    private static final int TASKS = 200;
    private static final int STEPS = 30;

    private final AtomicInteger doubled = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicReference<ClassicScheduler> inGear = new AtomicReference<>();
    private final List<ClassicScheduler> made = new ArrayList<>();

    /** A task of many steps; each run is one step, and how it ends is chosen by seed. */
    private final class Chaotic implements Run {
        private final AtomicBoolean queued = new AtomicBoolean();
        private final AtomicBoolean inside = new AtomicBoolean();
        private final Random random;
        private int steps;

        Chaotic(long seed) {
            random = new Random(seed);
        }

        void schedule(int way) {
            if (!queued.compareAndSet(false, true)) {
                doubled.incrementAndGet();
            }
            while (true) {
                ClassicScheduler scheduler = inGear.get();
                try {
                    switch (way) {
                        case 0 -> scheduler.executeYielded(this);
                        case 1 -> scheduler.executeBlocking(this);
                        default -> scheduler.execute(this);
                    }
                    return;
                } catch (RejectedExecutionException closed) {
                    assertThat(inGear.get()).as("in gear after a refusal").isNotSameAs(scheduler);
                }
            }
        }

        @Override
        public void run() {
            take();
            if (!inside.compareAndSet(false, true)) {
                doubled.incrementAndGet();
            }
            int way;
            try {
                step();
                steps++;
                way = random.nextInt(5);
            } catch (Throwable unexpected) {
                failure.compareAndSet(null, unexpected);
                return;
            } finally {
                inside.set(false);
            }
            if (steps < STEPS) {
                schedule(way);
            } else {
                finished.incrementAndGet();
            }
        }

        private void step() throws Exception {
            switch (random.nextInt(8)) {
                case 0 -> {
                    Gate gate = new Gate();
                    plain(gate::open, random.nextInt(4));
                    gate.passed().await();
                }
                case 1 -> LockSupport.parkNanos(50_000);
                case 2 -> {
                    for (int i = random.nextInt(400); i > 0; i--) {
                        plain(() -> {}, 3);
                    }
                }
                default -> Thread.onSpinWait();
            }
        }

        private void take() {
            if (!queued.compareAndSet(true, false)) {
                doubled.incrementAndGet();
            }
        }

        @Override
        public void handBack() {
            take();
            schedule(2);
        }

        @Override
        public TaskInfo task() {
            return new TaskInfo(0, "chaotic", "test", TaskInfo.State.WAITING, false);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onCancel(Waker waker) {}

        @Override
        public void report(BlockedTaskReport report) {}
    }

    private void plain(Runnable run, int way) {
        while (true) {
            try {
                if (way == 0) {
                    inGear.get().executeBlocking(run);
                } else {
                    inGear.get().execute(run);
                }
                return;
            } catch (RejectedExecutionException closed) {
                Thread.onSpinWait(); // the next is in gear already
            }
        }
    }

    private ClassicScheduler make(Random random) {
        ClassicScheduler scheduler = new ClassicScheduler(settings(random));
        made.add(scheduler);
        return scheduler;
    }

    private static Settings settings(Random random) {
        return Small.settings(
                1 + random.nextInt(4),
                random.nextInt(6),
                1 + random.nextInt(4),
                Duration.ofMillis(1 + random.nextInt(20)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void each_run_has_one_outcome_whatever_the_scheduler_goes_through(long seed) {
        Random random = new Random(seed);
        inGear.set(make(random));
        for (int i = 0; i < TASKS; i++) {
            new Chaotic(seed * TASKS + i).schedule(random.nextInt(5));
        }

        for (int i = 0; i < 60 && finished.get() < TASKS; i++) {
            LockSupport.parkNanos(random.nextInt(2_000_000));
            disturb(random);
        }
        Eventually.until(
                () -> "all finish, but " + finished + ", " + failure + ", " + inGear.get().statistics(),
                () -> finished.get() == TASKS || failure.get() != null);

        assertThat(failure.get()).isNull();
        assertThat(doubled).hasValue(0);
        assertAtRest(inGear.get());
        made.forEach(ClassicScheduler::close);
        Eventually.until("all threads end", () -> made.stream().allMatch(s -> s.statistics().threads() == 0));
    }

    private void disturb(Random random) {
        ClassicScheduler now = inGear.get();
        switch (random.nextInt(5)) {
            case 0 -> now.handBack();
            case 1 -> now.renewThreads();
            case 2 -> now.reconfigure(settings(random));
            case 3 -> {
                inGear.set(make(random));
                now.handBack();
            }
            default -> {
                inGear.set(make(random));
                Thread closer = new Thread(now::close);
                closer.setDaemon(true);
                closer.start();
            }
        }
    }

    private static void assertAtRest(ClassicScheduler scheduler) {
        Eventually.until(
                () -> "all rest: " + scheduler.statistics() + ", awake " + scheduler.roles.awake() + ", searching "
                        + scheduler.roles.searching(),
                () -> scheduler.statistics().queued() == 0
                        && scheduler.statistics().running() == 0
                        && scheduler.roles.awake() == 0
                        && scheduler.roles.searching() == 0);
    }
}
