package dev.gearbox.timers;

import static dev.gearbox.timers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.spi.PollRole;
import dev.gearbox.spi.Timer;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersFactory;
import dev.gearbox.support.ThreadParker;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimerServiceTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 53);
    private final TimerService timers = new TimerService();
    private final TimerService manual = new TimerService(clock, ThreadParker::new);

    @AfterEach
    void close() {
        timers.close();
        manual.close();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Announces, and waits until the own thread is out, which a poll would otherwise meet inside. */
    private static PollRole announce(TimerService timers, Runnable wakeUp) {
        PollRole role = timers.announce(wakeUp);
        long polls = timers.statistics().polls();
        eventually("the own thread is out", () -> {
            role.poll(0);
            return timers.statistics().polls() > polls + 1;
        });
        return role;
    }

    // its own thread

    @Test
    void its_own_thread_wakes_at_the_deadline_and_not_before() throws Exception {
        for (int i = 0; i < 20; i++) {
            long deadline = System.nanoTime() + i * MILLISECOND / 4;
            AtomicReference<Long> at = new AtomicReference<>();
            AtomicReference<String> by = new AtomicReference<>();
            CountDownLatch woken = new CountDownLatch(1);
            timers.arm(deadline, () -> {
                at.set(System.nanoTime());
                by.set(Thread.currentThread().getName());
                woken.countDown();
            });
            await(woken);
            assertThat(at.get() - deadline).isGreaterThanOrEqualTo(0);
            assertThat(by.get()).isEqualTo("gearbox-timers");
        }
        assertThat(timers.statistics().fired()).isEqualTo(20);
        assertThat(timers.statistics().ownThread()).isTrue();
    }

    @Test
    void an_earlier_timer_shortens_the_wait_for_a_later_one() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        Timer later = timers.arm(System.nanoTime() + HOUR, late::countDown);
        eventually("its thread waits", () -> timers.statistics().polls() > 0);
        CountDownLatch early = new CountDownLatch(1);
        timers.arm(System.nanoTime() + MILLISECOND, early::countDown);
        await(early);
        assertThat(late.getCount()).isOne();
        assertThat(later.isArmed()).isTrue();
    }

    @Test
    void a_deadline_that_is_past_is_due_at_once() throws Exception {
        CountDownLatch woken = new CountDownLatch(2);
        timers.arm(System.nanoTime() - HOUR, woken::countDown);
        timers.arm(System.nanoTime() - Long.MAX_VALUE / 2, woken::countDown);
        await(woken);
    }

    @Test
    void it_does_nothing_while_nothing_is_due() throws Exception {
        List<Timer> armed = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            armed.add(timers.arm(System.nanoTime() + HOUR + i, () -> {}));
        }
        armed.forEach(Timer::cancel);
        CountDownLatch woken = new CountDownLatch(1);
        timers.arm(System.nanoTime() + 50 * MILLISECOND, woken::countDown);
        await(woken);
        assertThat(timers.statistics().polls()).isLessThan(20);
        assertThat(timers.statistics().cancelled()).isEqualTo(1_000);
        assertThat(timers.statistics().armed()).isZero();
    }

    @Test
    void a_waker_that_throws_harms_nobody_else() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        long deadline = System.nanoTime() + MILLISECOND;
        timers.arm(deadline, () -> {
            throw new AssertionError("thrown by a test");
        });
        timers.arm(deadline + 1, woken::countDown);
        await(woken);
        CountDownLatch again = new CountDownLatch(1);
        timers.arm(System.nanoTime(), again::countDown);
        await(again);
    }

    @Test
    void wakers_that_arm_what_is_due_at_once_cannot_hold_a_poll_for_ever() {
        PollRole role = announce(manual, () -> {});
        AtomicBoolean enough = new AtomicBoolean();
        rearm(enough);
        assertThat(role.poll(0)).isEqualTo(1);
        assertThat(role.poll(0)).isEqualTo(1);
        enough.set(true);
        assertThat(role.poll(0)).isEqualTo(1);
        assertThat(role.poll(0)).isZero();
    }

    private void rearm(AtomicBoolean enough) {
        manual.arm(clock.nanoTime(), () -> {
            if (!enough.get()) {
                rearm(enough);
            }
        });
    }

    // a role

    @Test
    void the_holder_of_the_role_fires_what_is_due_across_the_overflow_of_the_clock() {
        PollRole role = announce(manual, () -> {});
        List<Integer> fired = new ArrayList<>();
        for (int i = 98; i >= 0; i -= 2) {
            int after = i;
            manual.arm(clock.nanoTime() + after, () -> fired.add(after));
        }
        for (int i = 0; i < 100; i++) {
            role.poll(0);
            int now = i;
            assertThat(fired).hasSizeGreaterThanOrEqualTo(now / 2).allMatch(after -> after <= now);
            clock.advance(1);
        }
        assertThat(fired).hasSize(50);
        assertThat(role.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(manual.statistics().ownThread()).isFalse();
    }

    @Test
    void the_own_thread_sleeps_while_a_role_is_open_and_goes_on_when_it_closes() throws Exception {
        PollRole role = announce(timers, () -> {});
        CountDownLatch woken = new CountDownLatch(1);
        long deadline = System.nanoTime() + MILLISECOND;
        AtomicReference<Thread> by = new AtomicReference<>();
        timers.arm(deadline, () -> {
            by.set(Thread.currentThread());
            woken.countDown();
        });
        assertThat(woken.await(20, TimeUnit.MILLISECONDS)).isFalse();
        role.close();
        await(woken);
        assertThat(by.get().getName()).isEqualTo("gearbox-timers");
        assertThat(role.isOpen()).isFalse();
        assertThat(role.poll(HOUR)).isZero();
        assertThat(timers.statistics().ownThread()).isTrue();
    }

    @Test
    void closing_the_role_sends_the_thread_inside_away() throws Exception {
        PollRole role = announce(timers, () -> {});
        CountDownLatch left = new CountDownLatch(1);
        startInside(role, left);
        role.close();
        await(left);
        CountDownLatch woken = new CountDownLatch(1);
        timers.arm(System.nanoTime(), woken::countDown);
        await(woken);
    }

    /** Starts a thread that polls once, and returns when it waits. */
    private static Thread startInside(PollRole role, CountDownLatch left) {
        Thread thread = new Thread(() -> {
            role.poll(HOUR);
            left.countDown();
        });
        thread.setDaemon(true);
        thread.start();
        eventually("the poller waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void two_roles_at_once_are_refused_one_after_the_other_is_not() {
        PollRole first = timers.announce(() -> {});
        assertThatThrownBy(() -> timers.announce(() -> {})).isInstanceOf(IllegalStateException.class);
        first.close();
        PollRole second = timers.announce(() -> {});
        first.close();
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void only_one_thread_is_inside_at_a_time() throws Exception {
        PollRole role = announce(timers, () -> {});
        CountDownLatch left = new CountDownLatch(1);
        startInside(role, left);
        assertThat(role.poll(HOUR)).isZero();
        role.wakeUp();
        await(left);
    }

    @Test
    void a_timer_armed_while_the_holder_is_inside_shortens_its_wait() throws Exception {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(timers, told::incrementAndGet);
        timers.arm(System.nanoTime() + HOUR, () -> {});
        role.nextDeadline();
        told.set(0);
        CountDownLatch left = new CountDownLatch(1);
        Thread inside = startInside(role, left);
        AtomicReference<Thread> by = new AtomicReference<>();
        timers.arm(System.nanoTime() + MILLISECOND, () -> by.set(Thread.currentThread()));
        await(left);
        assertThat(by.get()).isSameAs(inside);
        assertThat(told).hasValue(0);
    }

    @Test
    void a_wake_up_lets_the_thread_inside_leave_or_the_next_poll_return_at_once() throws Exception {
        PollRole role = announce(timers, () -> {});
        role.wakeUp();
        role.wakeUp();
        assertThat(role.poll(HOUR)).isZero();
        CountDownLatch left = new CountDownLatch(1);
        startInside(role, left);
        role.wakeUp();
        await(left);
    }

    @Test
    void the_holder_is_told_once_of_timers_earlier_than_it_knows() {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(manual, told::incrementAndGet);
        assertThat(role.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        manual.arm(clock.nanoTime() + 1_000, () -> {});
        manual.arm(clock.nanoTime() + 900, () -> {});
        assertThat(told).hasValue(1);

        assertThat(role.nextDeadline()).isEqualTo(clock.nanoTime() + 900);
        manual.arm(clock.nanoTime() + 950, () -> {});
        assertThat(told).hasValue(1);
        manual.arm(clock.nanoTime() + 800, () -> {});
        manual.arm(clock.nanoTime() + 700, () -> {});
        assertThat(told).hasValue(2);

        role.poll(0);
        manual.arm(clock.nanoTime() + 750, () -> {});
        assertThat(told).hasValue(2);
        manual.arm(clock.nanoTime() + 600, () -> {});
        assertThat(told).hasValue(3);
    }

    @Test
    void a_poll_that_does_not_wait_leaves_it_known_what_another_thread_waits_for() {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(manual, told::incrementAndGet);
        manual.arm(clock.nanoTime() + 1_000, () -> {});
        manual.arm(clock.nanoTime() + 100, () -> manual.arm(clock.nanoTime() + 500, () -> {}));
        Timer first = manual.arm(clock.nanoTime() + 50, () -> {});
        first.cancel();
        role.nextDeadline(); // a thread now waits 100 ns in a selector
        told.set(0);
        clock.advance(100);
        role.poll(0); // another one fires, and what it wakes arms
        assertThat(told).hasValue(0); // who waits is awake by now, and asks again
        assertThat(role.nextDeadline()).isEqualTo(clock.nanoTime() + 500);
    }

    @Test
    void a_timer_armed_while_a_thread_is_inside_is_told_as_that_one_leaves() {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(manual, told::incrementAndGet);
        manual.arm(clock.nanoTime() + 1_000, () -> {});
        role.nextDeadline(); // a thread now waits 1000 ns in a selector
        told.set(0);
        clock.atNextLook(() -> {
            manual.arm(clock.nanoTime() + 500, () -> {});
            assertThat(told).hasValue(0);
        });
        assertThat(role.poll(0)).isZero();
        assertThat(told).hasValue(1);
    }

    // the end

    @Test
    void closing_wakes_every_waiter_refuses_new_ones_and_ends_the_thread() throws Exception {
        CountDownLatch woken = new CountDownLatch(500);
        Timer timer = timers.arm(System.nanoTime() + HOUR, woken::countDown);
        for (int i = 1; i < 500; i++) {
            timers.arm(System.nanoTime() + HOUR * i, woken::countDown);
        }
        AtomicReference<Thread> own = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        timers.arm(System.nanoTime(), () -> {
            own.set(Thread.currentThread());
            known.countDown();
        });
        await(known);
        timers.close();
        await(woken);
        assertThat(own.get().isAlive()).isFalse();
        assertThat(timer.isArmed()).isFalse();
        assertThat(timer.cancel()).isFalse();
        assertThatThrownBy(() -> timers.arm(System.nanoTime(), () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> timers.announce(() -> {})).isInstanceOf(RejectedExecutionException.class);
        timers.close();
    }

    @Test
    void closing_takes_the_role_away_and_sends_its_holder_out() throws Exception {
        AtomicInteger told = new AtomicInteger();
        PollRole role = announce(timers, told::incrementAndGet);
        CountDownLatch left = new CountDownLatch(1);
        startInside(role, left);
        timers.close();
        await(left);
        assertThat(role.isOpen()).isFalse();
        assertThat(role.poll(HOUR)).isZero();
        assertThat(told).hasPositiveValue();
    }

    @Test
    void plain_java_finds_it() {
        Timers found = ServiceLoader.load(TimersFactory.class).findFirst().orElseThrow().create();
        assertThat(found).isInstanceOf(TimerService.class);
        found.close();
    }
}
