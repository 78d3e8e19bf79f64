package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A local queue while a thief has taken half of it and has not copied that yet. */
class LocalQueueThiefTest {
    private static final int HALF = LocalQueue.CAPACITY / 2;

    private final GlobalQueue overflow = new GlobalQueue();
    private final LocalQueue queue = new LocalQueue();
    private VarHandle taken;

    @BeforeEach
    void find() throws ReflectiveOperationException {
        taken = MethodHandles.privateLookupIn(LocalQueue.class, MethodHandles.lookup())
                .findVarHandle(LocalQueue.class, "taken", long.class);
    }

    private void push(int from, int to) {
        for (int i = from; i < to; i++) {
            queue.push(new Named(i), overflow);
        }
    }

    private List<Integer> overflowed() {
        List<Integer> names = new ArrayList<>();
        overflow.drainTo(run -> names.add(((Named) run).name));
        return names;
    }

    /** Does the first half of what a thief does: moves "next" over the oldest runs. */
    private void claim(int count) {
        assertThat((long) taken.getVolatile(queue)).as("nothing taken yet").isZero();
        taken.setVolatile(queue, (long) count);
    }

    @Test
    void the_owner_takes_what_the_thief_has_left() {
        push(0, 100);
        claim(50);

        assertThat(queue.size()).isEqualTo(50);
        assertThat(Named.pollAll(queue)).isEqualTo(Named.numbers(50, 100));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void runs_for_which_there_is_no_room_yet_go_to_the_overflow_one_by_one() {
        push(0, LocalQueue.CAPACITY);
        claim(HALF);

        push(LocalQueue.CAPACITY, LocalQueue.CAPACITY + 2);

        assertThat(overflowed()).isEqualTo(Named.numbers(LocalQueue.CAPACITY, LocalQueue.CAPACITY + 2));
        assertThat(Named.pollAll(queue)).isEqualTo(Named.numbers(HALF, LocalQueue.CAPACITY));
    }

    @Test
    void a_batch_is_no_larger_than_the_room() {
        push(0, LocalQueue.CAPACITY - 10);
        claim(HALF);
        Named.pollAll(queue);
        for (int i = 0; i < 100; i++) {
            overflow.push(new Named(i));
        }

        assertThat(overflow.pollBatch(queue, 1)).isNotNull();

        assertThat(Named.pollAll(queue)).isEqualTo(Named.numbers(1, 11));
    }

    @Test
    void what_the_owner_steals_is_no_more_than_the_room() {
        push(0, LocalQueue.CAPACITY - 10);
        claim(HALF);
        Named.pollAll(queue);
        LocalQueue victim = new LocalQueue();
        for (int i = 0; i < 100; i++) {
            victim.push(new Named(i), overflow);
        }

        assertThat(victim.stealInto(queue)).isNotNull();

        assertThat(Named.pollAll(queue)).isEqualTo(Named.numbers(1, 11));
        assertThat(Named.pollAll(victim)).isEqualTo(Named.numbers(11, 100));
    }

    @Test
    void another_thief_takes_one_run() {
        push(0, 100);
        claim(50);
        LocalQueue thief = new LocalQueue();

        assertThat(((Named) queue.stealInto(thief)).name).isEqualTo(50);

        assertThat(thief.isEmpty()).isTrue();
        assertThat(Named.pollAll(queue)).isEqualTo(Named.numbers(51, 100));
    }

    /** A thief that has to begin again whenever the owner takes a run would not get anything until the owner rests. */
    @Test
    @Timeout(60)
    void a_thief_gets_its_half_while_the_owner_takes_some_runs() throws InterruptedException {
        int runs = 200;
        push(0, runs);
        GlobalQueue returned = new GlobalQueue();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong polls = new AtomicLong();
        Thread owner = new Thread(() -> {
            while (!stop.get()) {
                Runnable run = returned.poll();
                if (run == null) {
                    run = queue.poll();
                    polls.setOpaque(polls.getPlain() + 1);
                }
                if (run != null) {
                    queue.push(run, overflow);
                }
            }
        });
        owner.start();
        LocalQueue loot = new LocalQueue();
        List<Long> meanwhile = new ArrayList<>();
        while (meanwhile.size() < 101) {
            if (queue.size() < runs - 1) { // the owner has one in its hand
                Thread.onSpinWait();
                continue;
            }
            long before = polls.getOpaque();
            returned.push(queue.stealInto(loot));
            meanwhile.add(polls.getOpaque() - before);
            loot.drainTo(returned::push);
        }
        stop.set(true);
        owner.join();

        assertThat(meanwhile.stream().sorted().toList().get(50)).as("polls during a steal").isLessThan(1_000);
    }
}
