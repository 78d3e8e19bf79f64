package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.scheduler.adaptive.IdleWord.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The idle word counts each machine once and claims nobody twice. */
class IdleWordTest {
    @Test
    void there_are_no_more_processors_than_there_are() {
        IdleWord word = new IdleWord(2);
        assertThat(word.tryAcquire()).isTrue();
        assertThat(word.tryAcquire()).isTrue();
        assertThat(word.tryAcquire()).isFalse();
        word.release();
        assertThat(word.hasIdleProcessor()).isTrue();
        assertThat(word.tryAcquire()).isTrue();
    }

    @Test
    void nobody_is_claimed_while_somebody_searches() {
        IdleWord word = new IdleWord(4);
        assertThat(word.claim(false)).isEqualTo(Claim.NEW);
        assertThat(word.claim(false)).isEqualTo(Claim.NOBODY);
        assertThat(word.stopSearching()).isTrue();
        assertThat(word.claim(false)).isEqualTo(Claim.NEW);
        assertThat(word.running()).isEqualTo(2);
    }

    @Test
    void at_most_half_of_those_who_run_search() {
        IdleWord word = new IdleWord(8);
        for (int i = 0; i < 5; i++) {
            word.tryAcquire();
        }
        int searching = 0;
        while (word.trySearch()) {
            searching++;
        }
        assertThat(searching).isEqualTo(3);
        assertThat(word.searching()).isEqualTo(3);
    }

    @Test
    void the_machine_in_the_selector_is_claimed_first_if_nobody_runs_and_a_spare_otherwise() {
        IdleWord word = new IdleWord(4);
        word.park(false, false);
        word.enterPoll(false, false);
        assertThat(word.claim(false)).isEqualTo(Claim.POLLER);
        assertThat(word.leavePoll()).isFalse();
        word.stopSearching();

        word.enterPoll(false, false);
        assertThat(word.claim(false)).isEqualTo(Claim.PARKED);
        assertThat(word.leavePoll()).isTrue();
        assertThat(word.running()).isEqualTo(2);
        assertThat(word.parked()).isZero();
    }

    @Test
    void the_machine_in_the_selector_is_claimed_before_a_spare_if_it_is_awake() {
        IdleWord word = new IdleWord(4);
        word.tryAcquire();
        word.park(false, false);
        word.enterPoll(false, false);
        assertThat(word.claim(true)).isEqualTo(Claim.POLLER);
        word.stopSearching();
        assertThat(word.claim(true)).as("it is claimed already").isEqualTo(Claim.PARKED);
    }

    @Test
    void a_processor_in_hand_is_passed_to_a_sleeper_without_counting_it_twice() {
        IdleWord word = new IdleWord(1);
        word.tryAcquire();
        word.park(false, false);
        assertThat(word.pass()).isEqualTo(Claim.PARKED);
        assertThat(word.running()).isEqualTo(1);
        assertThat(word.searching()).isEqualTo(1);
        assertThat(word.parked()).isZero();
    }

    @Test
    void the_last_who_could_work_keeps_its_processor() {
        IdleWord word = new IdleWord(2);
        word.tryAcquire();
        assertThat(word.tryRelease(false)).isFalse();
        word.tryAcquire();
        assertThat(word.tryRelease(false)).as("another runs").isTrue();
        assertThat(word.tryRelease(false)).isFalse();
        word.park(false, false);
        assertThat(word.tryRelease(false)).as("a spare sleeps").isTrue();
    }

    @Test
    void processors_that_are_too_many_are_noticed() {
        IdleWord word = new IdleWord(2);
        word.tryAcquire();
        word.tryAcquire();
        word.setProcessors(1);
        assertThat(word.isOver()).isTrue();
        word.release();
        assertThat(word.isOver()).isFalse();
        assertThat(word.hasIdleProcessor()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatever_happens_at_once_the_sums_are_right_in_the_end(long seed) throws InterruptedException {
        IdleWord word = new IdleWord(3);
        AtomicInteger tooMany = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(seed * 10 + t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    liveOnce(word, random);
                    if (word.running() > 3) {
                        tooMany.incrementAndGet();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(tooMany).hasValue(0);
        assertThat(word).hasToString("running 0, searching 0, parked 0, poller false");
    }

    /** Wakes somebody, or runs, searches, parks and gets up again, as one thread. */
    private static void liveOnce(IdleWord word, Random random) {
        if (random.nextBoolean()) {
            switch (word.claim(false)) {
                case NOBODY -> {}
                case PARKED -> { // in the place of the machine that was claimed
                    word.stopSearching();
                    word.release();
                    word.park(false, false);
                }
                default -> word.undoNew();
            }
        } else if (word.tryAcquire()) {
            word.park(true, word.trySearch());
            while (!word.tryTakeParked()) {
                Thread.onSpinWait();
            }
        }
    }
}
