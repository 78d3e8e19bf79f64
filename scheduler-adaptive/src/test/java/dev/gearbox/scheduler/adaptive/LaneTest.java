package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.support.GlobalQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A lane: what finds the slot empty goes first, the others in order, and nobody for ever. */
class LaneTest {
    private final GlobalQueue global = new GlobalQueue();
    private final Lane lane = new Lane(global);
    private final List<String> order = new ArrayList<>();

    @Test
    void what_finds_the_slot_empty_goes_first_and_the_others_in_the_order_they_came() {
        lane.pushLast(() -> order.add("queued"));
        for (String name : List.of("a", "b", "c")) {
            lane.push(() -> order.add(name));
        }
        lane.pushLast(() -> order.add("yielded"));
        runAll();
        assertThat(order).containsExactly("a", "queued", "b", "c", "yielded");
    }

    @Test
    void the_slot_goes_before_the_queue_sixteen_times_in_a_row_at_most() {
        lane.pushLast(() -> order.add("queued"));
        AtomicInteger slotRuns = new AtomicInteger();
        lane.push(() -> again(slotRuns));
        while (order.isEmpty()) {
            lane.next().run();
        }
        assertThat(slotRuns).hasValue(Lane.SLOT_RUNS);
    }

    private void again(AtomicInteger slotRuns) {
        slotRuns.incrementAndGet();
        lane.push(() -> again(slotRuns));
    }

    @Test
    void what_is_taken_from_the_slot_by_another_is_gone() {
        lane.push(() -> order.add("a"));
        lane.takeSlot().run();
        assertThat(lane.next()).isNull();
        assertThat(lane.isEmpty()).isTrue();
        assertThat(order).containsExactly("a");
    }

    @Test
    void publishing_moves_everything_to_the_global_queue() {
        for (int i = 0; i < 400; i++) {
            lane.push(() -> order.add("run"));
        }
        lane.publish();
        assertThat(lane.isEmpty()).isTrue();
        assertThat(global.size()).isEqualTo(400);
    }

    private void runAll() {
        for (Runnable run = lane.next(); run != null; run = lane.next()) {
            run.run();
        }
    }
}
