package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Slots that others emptied are nulled by the owner, and only those. */
class LocalQueueCleaningTest {

    private final GlobalQueue overflow = new GlobalQueue();

    @Test
    void runs_stolen_after_ones_own_were_all_stolen_survive_the_cleaning() {
        LocalQueue queue = filled(200);
        while (queue.stealInto(new LocalQueue()) != null) {
            assertThat(queue.size()).isLessThan(200);
        }
        LocalQueue victim = filled(200);
        Set<Runnable> taken = new HashSet<>();

        taken.add(victim.stealInto(queue));
        for (Runnable run = queue.poll(); run != null; run = queue.poll()) {
            taken.add(run);
        }

        assertThat(taken).hasSize(100).doesNotContainNull();
    }

    private LocalQueue filled(int count) {
        LocalQueue queue = new LocalQueue();
        for (int i = 0; i < count; i++) {
            int name = i;
            queue.push(new Runnable() {
                @Override
                public void run() {
                    throw new IllegalStateException("not to be run: " + name);
                }
            }, overflow);
        }
        return queue;
    }
}
