package dev.gearbox.timers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Waker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerStripeTest {
    private static final int STEPS = 6_000;

    private record Named(long deadline) implements Waker {
        @Override
        public void wake() {
            throw new IllegalStateException("a stripe wakes nobody");
        }
    }

    private record Armed(ArmedTimer timer, Named waker) {}

    /** Time-outs of a few lengths and some of any length, in bursts, cancelled in any order or fired; as a sorted list. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 20_000, -20_000})
    void lanes_and_heap_together_behave_like_a_sorted_list(long origin) {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            TimerStripe stripe = new TimerStripe();
            List<Armed> model = new ArrayList<>();
            long now = origin;
            boolean growing = true;
            for (int step = 0; step < STEPS; step++) {
                growing = random.nextInt(500) == 0 ? !growing : growing;
                int choice = random.nextInt(growing ? 4 : 12);
                if (choice < 3) {
                    model.add(add(stripe, now + length(random)));
                } else if (choice % 2 == 1 && !model.isEmpty()) {
                    boolean first = random.nextBoolean();
                    Armed one = model.remove(first ? 0 : random.nextInt(model.size()));
                    assertThat(one.timer.cancel()).as("seed %d step %d", seed, step).isTrue();
                    assertThat(one.timer.cancel()).isFalse();
                } else {
                    now += random.nextInt(5);
                    takeDue(stripe, now, model, "seed " + seed + " step " + step);
                }
                long next = model.stream().mapToLong(one -> one.waker.deadline - origin).min().orElse(-1);
                assertThat(stripe.earliest())
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(model.isEmpty() ? Deadlines.NONE : origin + next);
                long[] counts = new long[3];
                stripe.count(counts);
                assertThat(counts[0]).isEqualTo(model.size());
            }
        }
    }

    private static int length(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 10;
            case 1 -> 300;
            case 2 -> 1_000;
            default -> random.nextInt(1_200);
        };
    }

    private static Armed add(TimerStripe stripe, long deadline) {
        Named waker = new Named(deadline);
        assertThat(stripe.tryLock()).isTrue();
        return new Armed(stripe.addAndUnlock(deadline, waker), waker);
    }

    private static void takeDue(TimerStripe stripe, long now, List<Armed> model, String when) {
        Waker[] due = new Waker[8];
        int taken;
        do {
            taken = stripe.takeDue(now, due, 0, due.length);
            for (int i = 0; i < taken; i++) {
                Named fired = (Named) due[i];
                long least = model.stream()
                        .map(one -> one.waker.deadline - now)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                assertThat(fired.deadline - now).as(when).isEqualTo(least).isLessThanOrEqualTo(0);
                assertThat(model.removeIf(one -> one.waker == fired && !one.timer.isArmed())).as(when).isTrue();
            }
        } while (taken == due.length);
        assertThat(model).as(when).allMatch(one -> one.waker.deadline - now > 0);
    }

    @Test
    void time_outs_of_one_length_are_cancelled_or_fire_however_many_they_are() {
        TimerStripe stripe = new TimerStripe();
        List<Armed> kept = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Armed one = add(stripe, i);
            if (i % 10 == 0) {
                kept.add(one);
            } else {
                assertThat(one.timer.cancel()).isTrue();
            }
        }
        kept.subList(100, kept.size()).forEach(one -> assertThat(one.timer.cancel()).isTrue());

        Waker[] due = new Waker[200];
        assertThat(stripe.takeDue(20_000, due, 0, due.length)).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            assertThat(due[i]).isSameAs(kept.get(i).waker);
        }
        assertThat(stripe.earliest()).isEqualTo(Deadlines.NONE);
    }
}
