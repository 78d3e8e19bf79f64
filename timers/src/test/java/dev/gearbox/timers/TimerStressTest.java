package dev.gearbox.timers;

import static dev.gearbox.timers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads arm and cancel while the polling changes hands; every timer counts its own wakes. */
@Timeout(120)
class TimerStressTest {
    private static final int THREADS = 3;
    private static final int TIMERS_EACH = 20_000;

    private static final class Counted {
        final AtomicInteger wakes = new AtomicInteger();
        volatile boolean cancelled;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_timer_wakes_once_unless_it_was_cancelled_and_none_is_early(long seed) throws Exception {
        AtomicLong early = new AtomicLong();
        List<List<Counted>> all = new ArrayList<>();
        try (TimerService timers = new TimerService()) {
            AtomicBoolean over = new AtomicBoolean();
            Thread changing = new Thread(() -> changeHands(timers, over, new Random(seed)));
            changing.start();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                List<Counted> mine = new ArrayList<>();
                all.add(mine);
                Random random = new Random(seed * 100 + t);
                threads.add(new Thread(() -> armAndCancel(timers, random, mine, early)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            eventually("all have fired", () -> timers.statistics().armed() == 0);
            over.set(true);
            changing.join();
            assertThat(timers.statistics().fired() + timers.statistics().cancelled())
                    .isEqualTo((long) THREADS * TIMERS_EACH);
        }
        assertThat(early).hasValue(0);
        for (List<Counted> list : all) {
            assertThat(list).hasSize(TIMERS_EACH);
            assertThat(list).allMatch(counted -> counted.wakes.get() == (counted.cancelled ? 0 : 1));
        }
    }

    private static void armAndCancel(TimerService timers, Random random, List<Counted> mine, AtomicLong early) {
        Timer[] recent = new Timer[64];
        Counted[] recentCounted = new Counted[64];
        for (int i = 0; i < TIMERS_EACH; i++) {
            Counted counted = new Counted();
            mine.add(counted);
            long deadline = System.nanoTime() + random.nextInt(3_000_000);
            Timer timer = timers.arm(deadline, () -> {
                if (System.nanoTime() - deadline < 0) {
                    early.incrementAndGet();
                }
                counted.wakes.incrementAndGet();
            });
            int slot = random.nextInt(recent.length);
            if (recent[slot] != null && recent[slot].cancel()) {
                recentCounted[slot].cancelled = true;
            }
            recent[slot] = timer;
            recentCounted[slot] = counted;
        }
    }

    /** Takes the role, polls as a scheduler would, and gives it back, over and over. */
    private static void changeHands(TimerService timers, AtomicBoolean over, Random random) {
        while (!over.get()) {
            AtomicBoolean told = new AtomicBoolean();
            try (PollRole role = timers.announce(() -> told.set(true))) {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    role.poll(random.nextBoolean() ? 0 : random.nextInt(2_000_000));
                }
            }
            long start = System.nanoTime();
            while (System.nanoTime() - start < 200_000) {
                Thread.onSpinWait();
            }
        }
    }
}
