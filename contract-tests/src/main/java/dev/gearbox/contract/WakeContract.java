package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each wake leads to a later poll, which sees what was done before the wake. */
interface WakeContract extends RuntimeUser {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    default void each_wake_from_any_thread_leads_to_a_poll_that_sees_what_came_before(long seed) throws Exception {
        // hunts the wake that comes while a poll ends; with an even seed the task also wakes itself in every other poll
        AsyncRuntime runtime = fixture().runtime();
        int wakers = 3;
        int rounds = 4_000;
        int[][] posted = new int[wakers][1]; // plain on purpose: the wake publishes it
        AtomicInteger[] seen = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        AtomicReference<Waker> waker = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger polls = new AtomicInteger();
        Pollable<Boolean> body = latest -> {
            assertThat(inside.incrementAndGet()).as("threads inside the poll").isEqualTo(1);
            waker.set(latest);
            for (int t = 0; t < wakers; t++) {
                seen[t].set(posted[t][0]);
            }
            if (polls.incrementAndGet() % 2 == 0 && seed % 2 == 0) {
                latest.wake();
            }
            inside.decrementAndGet();
            return over.get() ? Poll.ready(true) : Poll.pending();
        };
        Task<Boolean> task = runtime.spawn(body);
        Eventually.until("the first poll", () -> waker.get() != null);

        for (int t = 0; t < wakers; t++) {
            int mine = t;
            Random random = new Random(seed * 31 + t);
            fixture().schedulers.start(() -> {
                for (int i = 1; i <= rounds; i++) {
                    int expected = i;
                    posted[mine][0] = i;
                    waker.get().wake();
                    if (random.nextInt(4) > 0) {
                        Eventually.until(
                                () -> "the poll for wake " + expected + ", seen " + seen[mine],
                                () -> seen[mine].get() >= expected);
                    }
                }
                Eventually.until("the poll for the last wake", () -> seen[mine].get() == rounds);
            });
        }
        fixture().schedulers.join();
        over.set(true);
        waker.get().wake();

        assertThat(task.await()).isTrue();
    }

    @Test
    default void a_wake_inside_the_poll_leads_to_another_poll() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        AtomicInteger polls = new AtomicInteger();
        Task<Integer> task = runtime.spawn(waker -> {
            if (polls.incrementAndGet() < 1_000) {
                waker.wake();
                waker.wake();
                return Poll.pending();
            }
            return Poll.ready(polls.get());
        });

        assertThat(task.await()).isEqualTo(1_000);
    }

    @Test
    default void wakes_of_a_task_that_has_ended_do_nothing() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        AtomicReference<Waker> waker = new AtomicReference<>();
        AtomicInteger polls = new AtomicInteger();
        runtime.spawn(latest -> {
                    waker.set(latest);
                    return Poll.ready(polls.incrementAndGet());
                })
                .await();

        for (int i = 0; i < 100; i++) {
            waker.get().wake();
        }
        runtime.spawn(() -> null).await();

        assertThat(polls).hasValue(1);
    }

    @Test
    default void a_task_keeps_its_waker_from_poll_to_poll() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        AtomicReference<Waker> first = new AtomicReference<>();
        AtomicInteger polls = new AtomicInteger();
        Task<Boolean> task = runtime.spawn(waker -> {
            if (polls.incrementAndGet() == 1) {
                first.set(waker);
                waker.wake();
                return Poll.pending();
            }
            return Poll.ready(first.get() == waker);
        });

        assertThat(task.await()).isTrue();
    }
}
