package dev.gearbox.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Scripted;
import dev.gearbox.Waker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting on a thread that belongs to nobody's scheduler. */
@Timeout(30)
class AwaitTest {
    @AfterEach
    void clear_the_interrupt() {
        Thread.interrupted();
    }

    @Test
    void what_is_ready_is_returned_at_once_and_not_closed() throws Exception {
        Scripted<String> pollable = new Scripted<String>().ready("value");
        assertThat(pollable.await()).isEqualTo("value");
        assertThat(pollable.closes()).isZero();
        assertThat(Pollable.<String>ready(null).await()).isNull();
    }

    @Test
    void a_wake_inside_the_poll_leads_to_another_poll() throws Exception {
        Scripted<String> pollable = new Scripted<String>().wakes().wakes().ready("value");
        assertThat(pollable.await()).isEqualTo("value");
        assertThat(pollable.polls()).isEqualTo(3);
    }

    @Test
    void each_wake_from_another_thread_leads_to_a_poll() throws Exception {
        // hunts the wake between the poll and the park
        for (int i = 0; i < 500; i++) {
            AtomicReference<Waker> waker = new AtomicReference<>();
            CompletableFuture<Integer> value = new CompletableFuture<>();
            int expected = i;
            Thread other = new Thread(() -> {
                while (waker.get() == null) {
                    Thread.onSpinWait();
                }
                value.complete(expected);
                waker.get().wake();
            });
            other.start();
            Pollable<Integer> pollable = latest -> {
                waker.set(latest);
                return value.isDone() ? Poll.ready(value.join()) : Poll.pending();
            };
            assertThat(pollable.await()).isEqualTo(expected);
            other.join();
        }
    }

    @Test
    void the_waker_stays_the_same_and_may_be_woken_for_ever() throws Exception {
        AtomicReference<Waker> first = new AtomicReference<>();
        Pollable<Boolean> pollable = waker -> {
            if (first.compareAndSet(null, waker)) {
                waker.wake();
                return Poll.pending();
            }
            return Poll.ready(first.get() == waker);
        };
        assertThat(pollable.await()).isTrue();
        first.get().wake();
        first.get().wake();
        assertThat(new Scripted<Integer>().wakes().ready(1).await()).isEqualTo(1);
    }

    @Test
    void a_spurious_unpark_polls_nothing() throws Exception {
        Scripted<String> pollable = new Scripted<>();
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                result.complete(pollable.await());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        waiting.start();
        waitUntilItParks(waiting);
        for (int i = 0; i < 100; i++) {
            LockSupport.unpark(waiting);
        }
        waitUntilItParks(waiting);
        assertThat(pollable.polls()).isEqualTo(1);
        pollable.ready("value");
        pollable.waker().wake();
        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo("value");
    }

    private static void waitUntilItParks(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void failures_come_through_as_they_are_and_nothing_is_closed_for_them() {
        for (Throwable failure : new Throwable[] {new IOException("planted"), new AssertionError("planted")}) {
            Scripted<String> now = new Scripted<String>().fails(failure);
            assertThatThrownBy(now::await).isSameAs(failure);
            Scripted<String> later = new Scripted<String>().wakes().fails(failure);
            assertThatThrownBy(later::await).isSameAs(failure);
            assertThat(now.closes() + later.closes()).isZero();
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_closes_what_was_waited_for() {
        Scripted<String> pollable = new Scripted<>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(pollable::await).isInstanceOf(InterruptedException.class);
        assertThat(pollable.closes()).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_interrupt_does_not_keep_from_what_is_ready() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(new Scripted<String>().ready("value").await()).isEqualTo("value");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void a_wait_with_a_limit_ends_and_closes_what_was_waited_for() {
        Scripted<String> pollable = new Scripted<>();
        long start = System.nanoTime();
        assertThatThrownBy(() -> pollable.await(Duration.ofMillis(15)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("PT0.015S");
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(15).toNanos());
        assertThat(pollable.closes()).isEqualTo(1);
    }

    @Test
    void a_limit_of_nothing_polls_once() throws Exception {
        assertThat(new Scripted<String>().ready("value").await(Duration.ZERO)).isEqualTo("value");
        Scripted<String> pollable = new Scripted<>();
        assertThatThrownBy(() -> pollable.await(Duration.ofSeconds(-1))).isInstanceOf(TimeoutException.class);
        assertThat(pollable.polls()).isEqualTo(1);
        assertThatThrownBy(() -> pollable.await(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void durations_become_nanoseconds_between_none_and_a_century() {
        assertThat(Await.nanos(Duration.ofNanos(7))).isEqualTo(7);
        assertThat(Await.nanos(Duration.ofNanos(-7))).isZero();
        assertThat(Await.nanos(Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo(Duration.ofDays(36_525).toNanos());
    }

    @Test
    void a_pollable_that_keeps_waking_itself_times_out_all_the_same() {
        Pollable<Void> busy = waker -> {
            waker.wake();
            return Poll.pending();
        };
        assertThatThrownBy(() -> busy.await(Duration.ofMillis(20))).isInstanceOf(TimeoutException.class);
    }

    @Test
    void a_pollable_that_keeps_waking_itself_is_interrupted_all_the_same() {
        Thread waiting = Thread.currentThread();
        Pollable<Void> busy = waker -> {
            waiting.interrupt();
            waker.wake();
            return Poll.pending();
        };
        assertThatThrownBy(busy::await).isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_long_wait_with_many_wakes_is_told_of_once_in_each_period() throws Exception {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger pollsSinceTold = new AtomicInteger();
        ScheduledExecutorService elsewhere = Executors.newSingleThreadScheduledExecutor();
        try {
            long start = System.nanoTime();
            Await.await(
                    waker -> {
                        if (told.get() > 0 && pollsSinceTold.incrementAndGet() > 20) {
                            return Poll.ready(null);
                        }
                        elsewhere.schedule(waker::wake, 5, TimeUnit.MILLISECONDS);
                        return Poll.pending();
                    },
                    told::incrementAndGet);
            long periods = (System.nanoTime() - start) / Await.LONG_WAIT.toNanos();
            assertThat(told.get()).isPositive().isLessThanOrEqualTo((int) periods);
        } finally {
            elsewhere.shutdownNow();
        }
    }
}
