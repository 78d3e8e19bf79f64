package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskTableTest {
    private final TaskOutcomes outcomes = new TaskOutcomes();
    private final SchedulerSwitch home = new SchedulerSwitch(refused -> {});

    private TaskTable table(int limit) {
        return new TaskTable(
                "owner", new Admission(null, "owner", "maxTasks", limit), new AtomicLong(), outcomes);
    }

    private TaskCell<?> add(TaskTable table) {
        TaskCell<?> cell = new TaskCell<>(home, null, Pollable.ready(null), TaskCell.POLLED);
        table.add(cell, table::trim);
        return cell;
    }

    private static TaskTable.Counts counts(TaskTable table) {
        TaskTable.Counts counts = new TaskTable.Counts();
        table.addTo(counts);
        return counts;
    }

    @Test
    void lists_exactly_the_live_tasks_whatever_the_order_of_ends() {
        TaskTable table = table(1_000_000);
        Random random = new Random(7);
        List<TaskCell<?>> live = new ArrayList<>();
        int spawned = 0;
        for (int step = 0; step < 20_000; step++) {
            if (live.isEmpty() || random.nextInt(10) < (step / 2_000 % 2 == 0 ? 7 : 3)) {
                live.add(add(table));
                spawned++;
            } else {
                live.remove(random.nextInt(live.size())).run();
            }
            if (step % 997 == 0) {
                table.trim();
            }
        }
        Set<TaskCell<?>> listed = new HashSet<>();
        table.forEach(listed::add);
        assertThat(listed).isEqualTo(new HashSet<>(live));
        assertThat(counts(table).live).isEqualTo(live.size());
        assertThat(counts(table).spawned).isEqualTo(spawned);
        assertThat(counts(table).ended).isEqualTo(spawned - live.size());
    }

    @Test
    void admits_exactly_its_limit() {
        TaskTable table = table(150);
        Deque<TaskCell<?>> live = new ArrayDeque<>();
        for (int i = 0; i < 150; i++) {
            live.add(add(table));
        }
        assertThatThrownBy(() -> add(table)).isInstanceOf(RejectedExecutionException.class);
        for (int i = 0; i < 1_000; i++) {
            live.remove().run();
            live.add(add(table));
        }
        assertThatThrownBy(() -> add(table)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void places_freed_by_another_thread_can_be_used_by_this_one() throws Exception {
        TaskTable table = table(64);
        Thread other = new Thread(() -> {
            for (int i = 0; i < 64; i++) {
                add(table).run();
            }
        });
        other.start();
        other.join();
        for (int i = 0; i < 64; i++) {
            add(table);
        }
        assertThatThrownBy(() -> add(table)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void threads_that_spawn_and_end_each_others_tasks_lose_no_place() throws Exception {
        TaskTable table = table(10_000);
        ConcurrentLinkedQueue<TaskCell<?>> live =
                new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(t);
            threads.add(new Thread(() -> {
                for (int i = 0; i < 50_000; i++) {
                    TaskCell<?> victim = random.nextBoolean() ? live.poll() : null;
                    if (victim != null) {
                        victim.run();
                    } else if (live.size() < 500) {
                        live.add(add(table));
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        live.forEach(TaskCell::run);
        assertThat(counts(table).live).isZero();
        assertThat(counts(table).ended).isEqualTo(counts(table).spawned);
        for (int i = 0; i < 10_000; i++) {
            add(table);
        }
        assertThatThrownBy(() -> add(table)).isInstanceOf(RejectedExecutionException.class);
    }
}
