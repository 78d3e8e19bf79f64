package dev.gearbox.timers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerHeapTest {
    private final TimerStripe stripe = new TimerStripe();

    /** The second origin makes deadlines overflow from the largest long to the smallest. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 500, -500})
    void behaves_like_a_sorted_list(long origin) {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            TimerHeap heap = new TimerHeap();
            Map<ArmedTimer, Long> model = new HashMap<>();
            List<ArmedTimer> order = new ArrayList<>();
            for (int step = 0; step < 2_000; step++) {
                int choice = random.nextInt(step < 1_000 ? 3 : 6);
                if (choice < 2) {
                    ArmedTimer timer = new ArmedTimer(stripe, () -> {});
                    long deadline = random.nextInt(1_000);
                    heap.add(origin + deadline, timer);
                    model.put(timer, deadline);
                    order.add(timer);
                } else if (!model.isEmpty() && choice % 2 == 0) {
                    ArmedTimer timer = order.remove(random.nextInt(order.size()));
                    heap.remove(timer);
                    model.remove(timer);
                    assertThat(timer.index).isEqualTo(ArmedTimer.NOWHERE);
                } else if (!model.isEmpty()) {
                    ArmedTimer earliest = heap.removeEarliest();
                    order.remove(earliest);
                    long least = model.values().stream().min(Long::compare).orElseThrow();
                    assertThat(model.remove(earliest)).as("seed %d step %d", seed, step).isEqualTo(least);
                }
                assertThat(heap.size()).isEqualTo(model.size());
                assertThat(heap.earliest())
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(model.values().stream()
                                .min(Long::compare)
                                .map(least -> origin + least)
                                .orElse(Deadlines.NONE));
            }
        }
    }
}
