package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.support.GlobalQueue;
import dev.gearbox.support.Parker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any sequence of steps that the threads could take keeps the sums right and overlooks no work. */
class RolesModelTest {
    private static final int SEATS = 5;

    private static final class Actor {
        final Lane lane;
        boolean searching;
        /** Went to rest, and has neither risen by itself nor noticed that it was woken. */
        boolean resting;

        Actor(boolean searching) {
            this.searching = searching;
            this.lane = new Lane(new SilentParker(), new Tally());
        }
    }

    private static final class SilentParker implements Parker {
        @Override
        public boolean park(long maxNanos) {
            throw new IllegalStateException("not parked in this test");
        }

        @Override
        public void unpark() {}
    }

    private final GlobalQueue global = new GlobalQueue();
    private final List<Actor> actors = new ArrayList<>();
    private Random random;
    private Roles roles;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void sums_hold_and_no_work_is_overlooked(long seed) {
        random = new Random(seed);
        roles = new Roles(SEATS, global, new Roles.Starter() {
            @Override
            public boolean mayStart() {
                return actors.size() < 3 * SEATS;
            }

            @Override
            public boolean start(int seat, boolean searching) {
                if (random.nextInt(4) == 0) {
                    return false;
                }
                Actor actor = new Actor(searching);
                actors.add(actor);
                roles.seat(actor.lane, seat);
                return true;
            }
        });
        roles.fillSeats();

        for (int i = 0; i < 3_000; i++) {
            if (random.nextInt(3) == 0 || actors.isEmpty()) {
                global.push(() -> {});
                roles.wakeOne();
            } else {
                step(actors.get(random.nextInt(actors.size())));
            }
            check();
        }
    }

    private void step(Actor actor) {
        Lane lane = actor.lane;
        switch (lane.posture) {
            case SLEEPING -> {
                if (random.nextInt(10) == 0) {
                    assertThat(roles.rise(lane)).isTrue();
                    actor.resting = false;
                }
            }
            case SPARE -> {
                if (random.nextInt(20) == 0) {
                    assertThat(roles.withdraw(lane)).isTrue();
                    actors.remove(actor);
                }
            }
            default -> stepAwake(actor, lane);
        }
    }

    private void stepAwake(Actor actor, Lane lane) {
        if (lane.seat == Lane.NO_SEAT) {
            if (!roles.takeBack(lane) && random.nextBoolean()) {
                assertThat(roles.rest(lane)).isTrue();
                actor.resting = true;
            }
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!actor.searching) {
                    actor.searching = roles.startSearching();
                }
            }
            case 1 -> {
                global.poll();
                stopSearching(actor);
            }
            case 2 -> {
                if (global.isEmpty()) {
                    boolean searching = actor.searching;
                    actor.searching = false;
                    actor.resting = true;
                    assertThat(roles.sleep(lane, searching, false)).isTrue();
                }
            }
            default -> {
                stopSearching(actor);
                if (random.nextInt(5) == 0) {
                    boolean may = roles.mayHandOver();
                    assertThat(roles.handOver(lane) && !may).isFalse();
                }
            }
        }
    }

    private void stopSearching(Actor actor) {
        if (actor.searching) {
            actor.searching = false;
            roles.stopSearching();
        }
    }

    /** Lets those notice that they were woken, which then count as searching, and adds up. */
    private void check() {
        int awake = 0;
        int searching = 0;
        for (Actor actor : actors) {
            boolean isAwake = actor.lane.posture == Lane.Posture.AWAKE;
            boolean seated = actor.lane.seat != Lane.NO_SEAT;
            if (actor.resting && isAwake) {
                actor.resting = false;
                actor.searching = seated;
            }
            awake += isAwake && seated ? 1 : 0;
            searching += actor.searching ? 1 : 0;
        }
        int vacant = 0;
        for (int i = 0; i < SEATS; i++) {
            vacant += roles.lane(i) == null ? 1 : 0;
        }
        assertThat(roles.awake()).as("awake").isEqualTo(awake);
        assertThat(roles.searching()).as("searching").isEqualTo(searching);
        assertThat(searching).as("searching among the awake").isLessThanOrEqualTo(awake);
        assertThat(awake + roles.sleeping() + vacant).as("seats").isEqualTo(SEATS);
        if (!global.isEmpty() && roles.sleeping() > 0) {
            assertThat(searching).as("searching while there is work and somebody sleeps").isPositive();
        }
    }
}
