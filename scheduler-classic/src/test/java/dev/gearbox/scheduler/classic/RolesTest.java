package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.support.GlobalQueue;
import dev.gearbox.support.Parker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who searches, sleeps and is woken, step by step on one thread. */
class RolesTest {
    private static final Runnable RUN = () -> {};

    private final GlobalQueue global = new GlobalQueue();
    private final List<Lane> started = new ArrayList<>();
    private final List<Lane> unparked = new ArrayList<>();
    private boolean startsFail;
    private Roles roles;

    private void seats(int count) {
        roles = new Roles(count, global, new Roles.Starter() {
            @Override
            public boolean mayStart() {
                return true;
            }

            @Override
            public boolean start(int seat, boolean searching) {
                if (startsFail) {
                    return false;
                }
                Lane lane = lane();
                started.add(lane);
                roles.seat(lane, seat);
                return true;
            }
        });
        roles.fillSeats();
    }

    private Lane lane() {
        Lane[] self = new Lane[1];
        self[0] = new Lane(
                new Parker() {
                    @Override
                    public boolean park(long maxNanos) {
                        throw new IllegalStateException("not parked in this test");
                    }

                    @Override
                    public void unpark() {
                        unparked.add(self[0]);
                    }
                },
                new Tally());
        return self[0];
    }

    private void allSleep() {
        started.forEach(lane -> roles.sleep(lane, false, false));
    }

    @Test
    void at_most_half_of_the_seats_search() {
        seats(4);

        assertThat(roles.startSearching()).isTrue();
        assertThat(roles.startSearching()).isTrue();
        assertThat(roles.startSearching()).isFalse();
        roles.stopSearching();
        assertThat(roles.startSearching()).isTrue();
    }

    @Test
    void the_only_seat_may_search() {
        seats(1);
        assertThat(roles.startSearching()).isTrue();
        assertThat(roles.startSearching()).isFalse();
    }

    @Test
    void all_asleep_counts_nobody_awake_or_searching() {
        seats(3);
        roles.startSearching();
        roles.sleep(started.get(0), true, false);
        roles.sleep(started.get(1), false, false);
        roles.sleep(started.get(2), false, false);

        assertThat(roles.awake()).isZero();
        assertThat(roles.searching()).isZero();
        assertThat(roles.sleeping()).isEqualTo(3);
    }

    @Test
    void a_push_wakes_the_last_to_sleep_and_the_next_push_nobody_while_that_one_searches() {
        seats(3);
        allSleep();
        unparked.clear();

        global.push(RUN);
        roles.wakeOne();
        roles.wakeOne();

        assertThat(unparked).containsExactly(started.get(2));
        assertThat(roles.awake()).isEqualTo(1);
        assertThat(roles.searching()).isEqualTo(1);
    }

    @Test
    void the_last_that_stops_searching_wakes_another_if_there_is_work_left() {
        seats(3);
        allSleep();
        global.push(RUN);
        global.push(RUN);
        roles.wakeOne();
        unparked.clear();

        global.poll();
        roles.stopSearching();

        assertThat(unparked).containsExactly(started.get(1));
        assertThat(roles.searching()).isEqualTo(1);
    }

    @Test
    void the_last_that_stops_searching_wakes_nobody_if_nothing_is_left() {
        seats(3);
        allSleep();
        global.push(RUN);
        roles.wakeOne();
        unparked.clear();

        global.poll();
        roles.stopSearching();

        assertThat(unparked).isEmpty();
        assertThat(roles.awake()).isEqualTo(1);
    }

    @Test
    void whoever_goes_to_sleep_beside_work_is_woken_at_once() {
        // the push came between the last search and the sleep, when there was nobody to wake
        seats(2);
        started.get(0).queue.push(RUN, global);

        roles.sleep(started.get(1), false, false);

        assertThat(unparked).containsExactly(started.get(1));
        assertThat(started.get(1).posture).isEqualTo(Lane.Posture.AWAKE);
        assertThat(roles.searching()).isEqualTo(1);
    }

    @Test
    void a_sleeper_that_rises_by_itself_does_not_count_as_searching() {
        seats(1);
        allSleep();

        assertThat(roles.rise(started.get(0))).isTrue();

        assertThat(roles.awake()).isEqualTo(1);
        assertThat(roles.searching()).isZero();
        assertThat(roles.sleeping()).isZero();
    }

    @Test
    void rising_after_having_been_woken_says_so() {
        seats(1);
        allSleep();
        roles.wakeOne();

        assertThat(roles.rise(started.get(0))).isFalse();
        assertThat(roles.searching()).isEqualTo(1);
    }

    @Test
    void a_seat_goes_to_a_spare_without_waking_it_if_there_is_nothing_to_do() {
        seats(1);
        Lane spare = lane();
        roles.rest(spare);
        Lane first = started.get(0);

        assertThat(roles.handOver(first)).isTrue();

        assertThat(first.seat).isEqualTo(Lane.NO_SEAT);
        assertThat(spare.seat).isZero();
        assertThat(unparked).isEmpty();
        assertThat(roles.awake()).isZero();
        assertThat(started).hasSize(1);
    }

    @Test
    void a_seat_goes_to_a_spare_that_is_woken_if_there_is_work() {
        seats(1);
        Lane spare = lane();
        roles.rest(spare);
        global.push(RUN);

        roles.handOver(started.get(0));

        assertThat(unparked).containsExactly(spare);
        assertThat(roles.searching()).isEqualTo(1);
    }

    @Test
    void a_seat_goes_to_a_new_thread_if_there_is_no_spare() {
        seats(1);
        Lane first = started.get(0);

        assertThat(roles.handOver(first)).isTrue();

        assertThat(started).hasSize(2);
        assertThat(started.get(1).seat).isZero();
        assertThat(first.seat).isEqualTo(Lane.NO_SEAT);
        assertThat(roles.awake()).isEqualTo(1);
        assertThat(roles.handOvers()).isEqualTo(1);
    }

    @Test
    void a_seat_is_kept_if_no_thread_is_to_be_had() {
        seats(1);
        startsFail = true;
        Lane first = started.get(0);

        assertThat(roles.handOver(first)).isFalse();

        assertThat(first.seat).isZero();
        assertThat(roles.lane(0)).isSameAs(first);
        assertThat(roles.awake()).isEqualTo(1);
    }

    @Test
    void a_seat_is_taken_back_from_one_that_sleeps_which_becomes_a_spare() {
        seats(1);
        Lane first = started.get(0);
        roles.handOver(first);
        Lane second = started.get(1);
        roles.sleep(second, false, false);

        assertThat(roles.takeBack(first)).isTrue();

        assertThat(first.seat).isZero();
        assertThat(second.posture).isEqualTo(Lane.Posture.SPARE);
        assertThat(second.seat).isEqualTo(Lane.NO_SEAT);
        assertThat(roles.awake()).isEqualTo(1);
        assertThat(roles.sleeping()).isZero();
        assertThat(roles.sparing()).isEqualTo(1);
    }

    @Test
    void no_seat_is_taken_back_while_all_are_awake_or_sleep_inside_a_task() {
        seats(1);
        Lane first = started.get(0);
        roles.handOver(first);

        assertThat(roles.takeBack(first)).isFalse();
        roles.sleep(started.get(1), false, true);
        assertThat(roles.takeBack(first)).isFalse();
    }

    @Test
    void a_seat_whose_thread_could_not_be_started_is_filled_when_there_is_work() {
        seats(1);
        roles.setLimit(2);
        startsFail = true;
        global.push(RUN);
        roles.wakeOne();
        assertThat(roles.awake()).isEqualTo(1);
        assertThat(roles.searching()).isZero();
        assertThat(roles.lane(1)).isNull();

        startsFail = false;
        roles.wakeOne();

        assertThat(started).hasSize(2);
        assertThat(roles.awake()).isEqualTo(2);
        assertThat(roles.searching()).isEqualTo(1);
    }

    @Test
    void a_run_in_the_slot_of_a_lane_that_makes_no_progress_is_taken_by_the_watcher() {
        seats(2);
        Lane stuck = started.get(0);
        Lane watcher = started.get(1);
        roles.sleep(watcher, false, false);
        assertThat(roles.isWatcher(watcher)).isTrue();
        stuck.putNext(RUN);

        assertThat(roles.watch(watcher)).as("first look").isNull();
        assertThat(roles.watch(watcher)).as("second look").isSameAs(RUN);

        assertThat(watcher.posture).isEqualTo(Lane.Posture.AWAKE);
        assertThat(roles.searching()).isEqualTo(1);
        assertThat(roles.isWatcher(watcher)).isFalse();
    }

    @Test
    void a_run_in_the_slot_of_a_lane_that_makes_progress_is_left_alone() {
        seats(2);
        Lane busy = started.get(0);
        roles.sleep(started.get(1), false, false);
        busy.putNext(RUN);

        for (int i = 0; i < 3; i++) {
            busy.polls.increment();
            assertThat(roles.watch(started.get(1))).isNull();
        }
        assertThat(busy.hasNext()).isTrue();
    }

    @Test
    void the_watch_ends_when_all_sleep_and_is_resumed_when_a_slot_is_filled() {
        seats(2);
        roles.sleep(started.get(0), false, false);
        Lane watcher = started.get(0);
        roles.sleep(started.get(1), false, false);
        assertThat(roles.isWatcher(watcher)).isTrue();

        roles.watch(watcher);
        assertThat(roles.isWatcher(watcher)).isFalse();

        roles.wakeOne();
        Lane busy = started.get(1);
        unparked.clear();
        busy.putNext(RUN);
        roles.wantWatch();
        roles.wantWatch();

        assertThat(roles.isWatcher(watcher)).isTrue();
        assertThat(unparked).containsExactly(watcher);
    }

    @Test
    void nobody_sleeps_or_becomes_a_spare_once_closed() {
        seats(2);
        Lane spare = lane();
        roles.rest(spare);
        roles.sleep(started.get(0), false, false);

        roles.close();

        assertThat(unparked).contains(spare, started.get(0));
        assertThat(roles.sleep(started.get(1), false, false)).isFalse();
        assertThat(roles.rest(spare)).isFalse();
        assertThat(roles.sleeping() + roles.sparing()).isZero();
    }
}
