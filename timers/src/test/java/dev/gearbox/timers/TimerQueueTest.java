package dev.gearbox.timers;

import static dev.gearbox.timers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Waker;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerQueueTest {
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 300, -300})
    void gives_out_what_is_due_in_order_and_nothing_before_its_time(long origin) throws Exception {
        Random random = new Random(7);
        TimerQueue queue = new TimerQueue(4);
        List<Long> fired = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            // each thread picks its own stripe, so that the order is one over several stripes
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 25; i++) {
                    long after = random.nextInt(600);
                    expected.add(after);
                    queue.add(origin + after, () -> fired.add(after));
                }
            });
            thread.start();
            thread.join();
        }
        Waker[] due = new Waker[7];
        for (long after = 0; after < 600; after++) {
            long next = queue.nextDeadline();
            int n;
            while ((n = queue.takeDue(origin + after, due, 100)) > 0) {
                assertThat(next - (origin + after)).isLessThanOrEqualTo(0);
                for (int i = 0; i < n; i++) {
                    due[i].wake();
                }
            }
            long now = after;
            assertThat(fired).allMatch(deadline -> deadline <= now);
        }
        expected.sort(Long::compare);
        assertThat(fired).isEqualTo(expected);
        assertThat(queue.nextDeadline()).isEqualTo(Deadlines.NONE);
    }

    @Test
    void takes_no_more_than_asked_for() {
        TimerQueue queue = new TimerQueue(1);
        for (int i = 0; i < 5; i++) {
            queue.add(i, () -> {});
        }
        Waker[] due = new Waker[4];
        assertThat(queue.takeDue(10, due, 3)).isEqualTo(3);
        assertThat(queue.takeDue(10, due, 100)).isEqualTo(2);
        assertThat(queue.takeDue(10, due, 100)).isZero();
    }

    @Test
    void a_cancelled_timer_is_gone_at_once_and_pins_no_waker() {
        TimerQueue queue = new TimerQueue(2);
        ArmedTimer kept = queue.add(100, () -> {});
        List<ArmedTimer> handles = new ArrayList<>();
        WeakReference<Waker> waker = armAndCancel(queue, handles);
        assertThat(queue.nextDeadline()).isEqualTo(100);
        assertThat(queue.counts()).containsExactly(1, 0, 1);
        eventually("the waker of a cancelled timer is collected", () -> {
            System.gc();
            return waker.get() == null;
        });
        assertThat(kept.isArmed()).isTrue();
        assertThat(handles).as("a handle that is kept pins nothing").hasSize(1);
    }

    private static WeakReference<Waker> armAndCancel(TimerQueue queue, List<ArmedTimer> handles) {
        Waker waker = new Waker() {
            @Override
            public void wake() {}
        };
        ArmedTimer timer = queue.add(50, waker);
        handles.add(timer);
        assertThat(queue.nextDeadline()).isEqualTo(50);
        assertThat(timer.cancel()).isTrue();
        assertThat(timer.cancel()).isFalse();
        assertThat(timer.isArmed()).isFalse();
        return new WeakReference<>(waker);
    }

    @Test
    void a_closed_queue_gives_up_all_wakers_and_takes_no_timer() {
        TimerQueue queue = new TimerQueue(2);
        ArmedTimer timer = queue.add(50, () -> {});
        assertThat(queue.close()).hasSize(1);
        assertThat(timer.isArmed()).isFalse();
        assertThat(timer.cancel()).isFalse();
        assertThat(queue.add(60, () -> {})).isNull();
        assertThat(queue.nextDeadline()).isEqualTo(Deadlines.NONE);
    }
}
