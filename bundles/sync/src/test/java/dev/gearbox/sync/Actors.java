package dev.gearbox.sync;

import dev.gearbox.Waker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A seeded single-threaded executor: runs woken actors in random order, and now and then one that was not woken.
 *
 * <p>Some actors are slow: they get fewer turns than the others, so that they come too late again and again.
 *
 * <p>When nobody is woken any more, whoever still waits should have nothing to go on with: that is for the test to check.
 */
final class Actors {
    /** One that can be polled over and over. */
    interface Actor {
        /** Goes on; returns whether to be called again without a wake. */
        boolean turn(Waker waker) throws Exception;
    }

    private static final class Slot {
        final Actor actor;
        final boolean slow;
        boolean woken = true;
        Object turn;

        Slot(Actor actor, boolean slow) {
            this.actor = actor;
            this.slow = slow;
        }
    }

    final Random random;
    private final List<Slot> slots = new ArrayList<>();

    Actors(long seed) {
        random = new Random(seed);
    }

    void add(Actor actor) {
        slots.add(new Slot(actor, random.nextInt(3) == 0));
    }

    /** Wakes all, for actors that had paused. */
    void wakeAll() {
        slots.forEach(slot -> slot.woken = true);
    }

    /** Runs until nobody is woken. */
    void run() throws Exception {
        for (List<Slot> woken; !(woken = slots.stream().filter(slot -> slot.woken).toList()).isEmpty(); ) {
            List<Slot> from = random.nextInt(20) == 0 ? slots : woken;
            Slot slot = from.get(random.nextInt(from.size()));
            if (slot.slow && random.nextInt(8) != 0) {
                continue;
            }
            slot.woken = false;
            // A new waker each time: it must replace the one before, whose wake is lost on the actor.
            Object turn = new Object();
            slot.turn = turn;
            boolean again = slot.actor.turn(() -> slot.woken |= slot.turn == turn);
            slot.woken |= again;
        }
    }
}
