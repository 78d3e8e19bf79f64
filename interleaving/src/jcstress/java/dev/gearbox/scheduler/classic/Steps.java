package dev.gearbox.scheduler.classic;

import dev.gearbox.support.GlobalQueue;
import dev.gearbox.support.Parker;
import java.util.ArrayList;
import java.util.List;

/** The roles of workers that are not threads: tests take their steps for them. */
final class Steps {
    static final Runnable RUN = () -> {};

    final GlobalQueue global = new GlobalQueue();
    final List<Lane> lanes = new ArrayList<>();
    final Roles roles;

    Steps(int seats) {
        roles = new Roles(seats, global, new Starter());
        roles.fillSeats();
    }

    private final class Starter implements Roles.Starter {
        @Override
        public boolean mayStart() {
            return lanes.size() < roles.limit();
        }

        @Override
        public boolean start(int seat, boolean searching) {
            Lane lane = new Lane(new NoParker(), new Tally());
            lanes.add(lane);
            roles.seat(lane, seat);
            return true;
        }
    }

    private static final class NoParker implements Parker {
        @Override
        public boolean park(long maxNanos) {
            throw new IllegalStateException("nobody parks here");
        }

        @Override
        public void unpark() {}
    }

    /** Returns whether there is work, somebody sleeps, and nobody looks for any. */
    boolean isWorkOverlooked() {
        return roles.hasWork() && roles.sleeping() > 0 && roles.searching() == 0;
    }
}
