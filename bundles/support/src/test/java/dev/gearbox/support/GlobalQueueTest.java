package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queue that all workers share, on one thread. */
class GlobalQueueTest {
    private final GlobalQueue queue = new GlobalQueue();

    private List<Named> push(int count) {
        List<Named> runs = IntStream.range(0, count).mapToObj(Named::new).toList();
        runs.forEach(queue::push);
        return runs;
    }

    @Test
    void first_in_is_first_out_however_large_it_grows() {
        for (int round = 0; round < 3; round++) {
            List<Named> runs = push(50_000);
            assertThat(queue.size()).isEqualTo(50_000);
            for (Named run : runs) {
                assertThat(queue.poll()).isSameAs(run);
            }
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void plain_runnables_are_taken_out_of_turn_and_the_others_keep_their_order() {
        assertThat(queue.pollPlain()).isNull();
        List<Named> runs = new ArrayList<>();
        List<Runnable> plain = new ArrayList<>();
        for (int i = 0; i < 300; i++) { // the ring wraps and grows
            queue.push(new Named(-1));
            queue.poll();
        }
        for (int i = 0; i < 400; i++) {
            runs.addAll(push(1));
            if (i % 3 == 0) {
                Runnable one = new AtomicInteger()::incrementAndGet;
                plain.add(one);
                queue.push(one);
            }
        }

        plain.forEach(one -> assertThat(queue.pollPlain()).isSameAs(one));

        assertThat(queue.pollPlain()).isNull();
        assertThat(queue.size()).isEqualTo(400);
        runs.forEach(run -> assertThat(queue.poll()).isSameAs(run));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void growing_in_the_middle_of_the_ring_keeps_the_order() {
        List<Named> first = push(200);
        first.subList(0, 150).forEach(run -> assertThat(queue.poll()).isSameAs(run));
        List<Named> second = push(1_000);
        first.subList(150, 200).forEach(run -> assertThat(queue.poll()).isSameAs(run));
        second.forEach(run -> assertThat(queue.poll()).isSameAs(run));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "10, 1, 9", "10, 4, 2", "1000, 4, 128", "1000, 1, 128", "3, 4, 0"})
    void a_batch_is_the_oldest_and_a_fair_share_of_the_others(int size, int workers, int moved) {
        List<Named> runs = push(size);
        LocalQueue local = new LocalQueue();

        assertThat(queue.pollBatch(local, workers)).isSameAs(runs.get(0));

        assertThat(local.size()).isEqualTo(moved);
        for (int i = 0; i < moved; i++) {
            assertThat(local.poll()).isSameAs(runs.get(i + 1));
        }
        assertThat(queue.size()).isEqualTo(size - moved - 1);
    }

    /** Its slots are still to be cleaned: the owner must not do that when they are in use again. */
    @Test
    void a_batch_goes_into_a_queue_that_others_have_emptied() {
        LocalQueue local = new LocalQueue();
        for (int i = 0; i < LocalQueue.CAPACITY; i++) {
            local.push(new Named(-1), queue);
        }
        while (!local.isEmpty()) {
            local.stealInto(new LocalQueue());
        }
        List<Named> runs = push(300);

        assertThat(queue.pollBatch(local, 1)).isSameAs(runs.get(0));

        for (int i = 1; i <= LocalQueue.CAPACITY / 2; i++) {
            assertThat(local.poll()).isSameAs(runs.get(i));
        }
        assertThat(local.poll()).isNull();
    }

    /** The ring of the shared queue wraps at another place than the slots of the local one. */
    @Test
    void a_batch_keeps_its_order_wherever_the_rings_wrap() {
        LocalQueue local = new LocalQueue();
        for (int round = 0; round < 100; round++) {
            List<Named> runs = push(61);
            assertThat(queue.pollBatch(local, 1)).isSameAs(runs.get(0));
            for (Named run : runs.subList(1, runs.size())) {
                assertThat(local.poll()).isSameAs(run);
            }
            local.push(runs.get(0), queue);
            assertThat(local.poll()).isSameAs(runs.get(0));
        }
    }

    @Test
    void draining_takes_everything_in_order_and_may_push_anew() {
        List<Named> runs = push(500);
        List<Runnable> drained = new ArrayList<>();

        int count = queue.drainTo(run -> {
            drained.add(run);
            queue.push(run);
        });

        assertThat(count).isEqualTo(500);
        assertThat(drained).isEqualTo(runs);
        assertThat(queue.size()).isEqualTo(500);
    }

    @Test
    void a_closed_queue_refuses_and_can_be_emptied() {
        List<Named> runs = push(3);
        queue.close();

        assertThat(queue.isClosed()).isTrue();
        assertThatThrownBy(() -> queue.push(new Named(9))).isInstanceOf(RejectedExecutionException.class);
        runs.forEach(run -> assertThat(queue.poll()).isSameAs(run));
    }

    @Test
    void what_was_accepted_before_goes_home_or_is_run_if_the_queue_is_closed() {
        queue.close();
        Named run = new Named(1);
        AtomicInteger plain = new AtomicInteger();

        queue.pushOwned(run);
        queue.pushOwned(plain::incrementAndGet);

        assertThat(run.handedBack).hasValue(1);
        assertThat(run.ran).hasValue(0);
        assertThat(plain).hasValue(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void a_plain_runnable_that_throws_on_its_way_home_does_not_lose_those_behind_it() {
        queue.close();
        LocalQueue local = new LocalQueue();
        List<Named> runs = IntStream.range(0, LocalQueue.CAPACITY - 1).mapToObj(Named::new).toList();
        local.push(
                () -> {
                    throw new IllegalStateException("planted");
                },
                queue);
        runs.forEach(run -> local.push(run, queue));

        local.push(new Named(-1), queue); // the older half overflows

        assertThat(runs.stream().filter(run -> run.handedBack.get() == 1)).hasSize(LocalQueue.CAPACITY / 2 - 1);
    }
}
