package dev.gearbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsyncMutexTest {
    private static final Waker NOBODY = () -> {};

    private final AsyncMutex mutex = new AsyncMutex();

    @Test
    void a_free_lock_is_taken_by_the_first_poll() throws Exception {
        try (AsyncMutex.Guard guard = mutex.lock().poll(NOBODY).value()) {
            assertThat(guard).isNotNull();
            assertThat(mutex.isLocked()).isTrue();
            assertThat(mutex.tryLock()).isNull();
        }
        assertThat(mutex.isLocked()).isFalse();
    }

    @Test
    void a_request_that_was_not_polled_does_not_lock() {
        mutex.lock();

        assertThat(mutex.isLocked()).isFalse();
    }

    @Test
    void closing_a_guard_twice_leaves_the_next_owner_alone() {
        AsyncMutex.Guard first = mutex.tryLock();
        first.close();
        AsyncMutex.Guard second = mutex.tryLock();

        first.close();

        assertThat(mutex.isLocked()).isTrue();
        second.close();
        assertThat(mutex.isLocked()).isFalse();
    }

    @Test
    void unlocking_wakes_the_first_waiter_only() throws Exception {
        AsyncMutex.Guard guard = mutex.tryLock();
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        mutex.lock().poll(first::incrementAndGet);
        mutex.lock().poll(second::incrementAndGet);

        guard.close();

        assertThat(first).hasValue(1);
        assertThat(second).hasValue(0);
    }

    @Test
    void the_waker_of_the_latest_poll_is_woken() throws Exception {
        AsyncMutex.Guard guard = mutex.tryLock();
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger latest = new AtomicInteger();
        Pollable<AsyncMutex.Guard> request = mutex.lock();
        request.poll(stale::incrementAndGet);
        request.poll(latest::incrementAndGet);

        guard.close();

        assertThat(stale).hasValue(0);
        assertThat(latest).hasValue(1);
    }

    @Test
    void closing_a_waiter_removes_it_at_once() throws Exception {
        mutex.tryLock();
        Pollable<AsyncMutex.Guard> request = mutex.lock();
        request.poll(NOBODY);
        assertThat(mutex.waiting.size()).isOne();

        request.close();
        request.close();

        assertThat(mutex.waiting.size()).isZero();
        assertThatThrownBy(() -> request.poll(NOBODY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closing_a_woken_waiter_passes_its_turn_on() throws Exception {
        AsyncMutex.Guard guard = mutex.tryLock();
        Pollable<AsyncMutex.Guard> first = mutex.lock();
        AtomicInteger second = new AtomicInteger();
        first.poll(NOBODY);
        mutex.lock().poll(second::incrementAndGet);
        guard.close();

        first.close();

        assertThat(second).hasValue(1);
    }

    @Test
    void closing_a_finished_request_does_not_unlock() throws Exception {
        Pollable<AsyncMutex.Guard> request = mutex.lock();
        request.poll(NOBODY);

        request.close();

        assertThat(mutex.isLocked()).isTrue();
    }

    @Test
    void a_waiter_that_lost_too_often_is_preferred() throws Exception {
        AsyncMutex.Guard guard = mutex.tryLock();
        AtomicInteger woken = new AtomicInteger();
        Pollable<AsyncMutex.Guard> unlucky = mutex.lock();
        unlucky.poll(woken::incrementAndGet);
        for (int loss = 0; loss < WaitList.MAX_LOSSES; loss++) {
            guard.close();
            guard = mutex.tryLock();
            assertThat(guard).as("barging after %d losses", loss).isNotNull();
            assertThat(woken).hasValue(loss + 1);
            assertThat(unlucky.poll(woken::incrementAndGet).isReady()).isFalse();
        }
        guard.close();

        assertThat(mutex.tryLock()).isNull();
        assertThat(mutex.lock().poll(NOBODY).isReady()).isFalse();
        Poll<AsyncMutex.Guard> poll = unlucky.poll(NOBODY);
        assertThat(poll.isReady()).isTrue();
        poll.value().close();
        assertThat(mutex.tryLock()).isNotNull();
    }

    @Test
    void closing_the_preferred_waiter_ends_its_preference() throws Exception {
        AsyncMutex.Guard guard = mutex.tryLock();
        Pollable<AsyncMutex.Guard> unlucky = mutex.lock();
        unlucky.poll(NOBODY);
        for (int loss = 0; loss < WaitList.MAX_LOSSES; loss++) {
            guard.close();
            guard = mutex.tryLock();
            unlucky.poll(NOBODY);
        }
        guard.close();
        AtomicInteger refused = new AtomicInteger();
        mutex.lock().poll(refused::incrementAndGet);

        unlucky.close();

        assertThat(refused).hasValue(1);
        assertThat(mutex.tryLock()).isNotNull();
    }

    @Test
    void a_wait_that_times_out_leaves_no_waiter() {
        mutex.tryLock();

        assertThatThrownBy(() -> mutex.lock().await(Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
        assertThat(mutex.waiting.size()).isZero();
    }

    @Test
    void threads_that_await_never_share_the_lock_and_all_get_it() throws Exception {
        int rounds = 20_000;
        int[] counter = new int[1];
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int round = 0; round < rounds; round++) {
                    try (AsyncMutex.Guard guard = mutex.lock().await()) {
                        assertThat(guard).isNotNull();
                        counter[0]++;
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                }
            });
            thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }

        assertThat(failures).isEmpty();
        assertThat(counter[0]).isEqualTo(4 * rounds);
        assertThat(mutex.waiting.size()).isZero();
    }

    /** Hunts for an unlock between "it is locked" and "now I wait": nobody else would ever wake the waiter. */
    @Test
    void a_single_unlock_while_another_begins_to_wait_is_not_missed() throws Exception {
        int rounds = 100_000;
        AtomicInteger round = new AtomicInteger();
        AsyncMutex.Guard[] guard = {mutex.tryLock()};
        Thread waiter = new Thread(() -> {
            try {
                for (int i = 1; i <= rounds; i++) {
                    round.set(i);
                    guard[0] = mutex.lock().await(Duration.ofSeconds(30));
                }
                guard[0].close();
            } catch (Exception failure) {
                round.set(Integer.MAX_VALUE);
            }
        });
        waiter.start();
        for (int i = 1; i <= rounds; i++) {
            awaitRound(round, i);
            guard[0].close();
        }
        waiter.join();
        assertThat(mutex.isLocked()).isFalse();
    }

    private static void awaitRound(AtomicInteger round, int expected) {
        for (int seen; (seen = round.get()) != expected; ) {
            assertThat(seen).as("a wake was lost").isNotEqualTo(Integer.MAX_VALUE);
            Thread.onSpinWait();
        }
    }
}
