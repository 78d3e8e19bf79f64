package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A local queue on one thread. */
class LocalQueueTest {
    private final GlobalQueue overflow = new GlobalQueue();
    private final LocalQueue queue = new LocalQueue();

    private void push(int from, int to) {
        for (int i = from; i < to; i++) {
            queue.push(new Named(i), overflow);
        }
    }

    @Test
    void first_in_is_first_out_many_times_round_the_ring() {
        for (int round = 0; round < 10; round++) {
            push(0, 200);
            assertThat(Named.pollAll(queue)).isEqualTo(Named.numbers(0, 200));
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void it_holds_as_many_as_it_says() {
        push(0, LocalQueue.CAPACITY);
        assertThat(queue.size()).isEqualTo(LocalQueue.CAPACITY);
        assertThat(overflow.isEmpty()).isTrue();
    }

    @Test
    void one_too_many_moves_the_older_half_and_itself_to_the_overflow() {
        int half = LocalQueue.CAPACITY / 2;
        push(0, LocalQueue.CAPACITY + 1);

        assertThat(Named.pollAll(queue)).isEqualTo(Named.numbers(half, LocalQueue.CAPACITY));
        List<Integer> moved = new ArrayList<>();
        overflow.drainTo(run -> moved.add(((Named) run).name));
        List<Integer> expected = new ArrayList<>(Named.numbers(0, half));
        expected.add(LocalQueue.CAPACITY);
        assertThat(moved).isEqualTo(expected);
    }

    @Test
    void overflow_of_a_queue_whose_scheduler_has_closed_goes_home() {
        overflow.close();
        List<Named> runs = IntStream.rangeClosed(0, LocalQueue.CAPACITY).mapToObj(Named::new).toList();
        runs.forEach(run -> queue.push(run, overflow));

        assertThat(runs.stream().filter(run -> run.handedBack.get() == 1)).hasSize(LocalQueue.CAPACITY / 2 + 1);
        assertThat(queue.size()).isEqualTo(LocalQueue.CAPACITY / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 128, 255, 256})
    void a_thief_takes_the_older_half_rounded_up_and_runs_the_oldest(int size) {
        push(0, size);
        LocalQueue thief = new LocalQueue();

        Named first = (Named) queue.stealInto(thief);

        int half = size - size / 2;
        assertThat(first.name).isZero();
        assertThat(Named.pollAll(thief)).isEqualTo(Named.numbers(1, half));
        assertThat(Named.pollAll(queue)).isEqualTo(Named.numbers(half, size));
    }

    @Test
    void from_an_empty_queue_nothing_is_stolen() {
        assertThat(queue.stealInto(new LocalQueue())).isNull();
    }

    @Test
    void draining_takes_everything_in_order() {
        push(0, 100);
        List<Integer> names = new ArrayList<>();
        assertThat(queue.drainTo(run -> names.add(((Named) run).name))).isEqualTo(100);
        assertThat(names).isEqualTo(Named.numbers(0, 100));
        assertThat(queue.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void any_sequence_of_operations_behaves_as_a_plain_queue(long seed) {
        Random random = new Random(seed);
        LocalQueue other = new LocalQueue();
        Deque<Integer> model = new ArrayDeque<>();
        Deque<Integer> otherModel = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    if (model.size() < LocalQueue.CAPACITY) {
                        queue.push(new Named(i), overflow);
                        model.add(i);
                    }
                }
                case 3, 4 -> assertThat(name(queue.poll())).isEqualTo(model.poll());
                case 5 -> assertThat(name(other.poll())).isEqualTo(otherModel.poll());
                case 6 -> {
                    if (random.nextInt(20) == 0 && otherModel.isEmpty()) {
                        int count = model.size() - model.size() / 2;
                        Integer first = model.poll();
                        for (int k = 1; k < count; k++) {
                            otherModel.add(model.poll());
                        }
                        assertThat(name(queue.stealInto(other))).isEqualTo(first);
                    }
                }
                default -> queue.clean();
            }
            assertThat(queue.size()).isEqualTo(model.size());
            assertThat(other.size()).isEqualTo(otherModel.size());
        }
        assertThat(overflow.isEmpty()).isTrue();
    }

    private static Integer name(Runnable run) {
        return run == null ? null : (Integer) ((Named) run).name;
    }
}
