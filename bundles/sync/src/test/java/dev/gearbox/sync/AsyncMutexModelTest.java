package dev.gearbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncMutexModelTest {
    private static final int SEEDS = 3_000;

    /** Locks, holds for some turns, unlocks, again and again; gives some of its waits up. */
    private static final class User implements Actors.Actor {
        private final AsyncMutex mutex;
        private final Actors actors;
        private final int[] inside;
        private final boolean holds;
        private Pollable<AsyncMutex.Guard> request;
        private AsyncMutex.Guard guard;
        private int rounds = 20;

        User(AsyncMutex mutex, Actors actors, int[] inside, boolean holds) {
            this.mutex = mutex;
            this.actors = actors;
            this.inside = inside;
            this.holds = holds;
        }

        boolean waits() {
            return request != null;
        }

        @Override
        public boolean turn(Waker waker) throws Exception {
            if (guard != null) {
                inside[0]--;
                guard.close();
                if (actors.random.nextBoolean()) {
                    guard.close();
                }
                guard = null;
                return true;
            }
            if (request == null) {
                if (rounds-- <= 0) {
                    return false;
                }
                request = mutex.lock();
            } else if (actors.random.nextInt(20) == 0) {
                request.close();
                request = null;
                return true;
            }
            Poll<AsyncMutex.Guard> poll = request.poll(waker);
            if (!poll.isReady()) {
                return false;
            }
            request = null;
            guard = poll.value();
            assertThat(++inside[0]).as("owners").isOne();
            return holds || turn(waker);
        }
    }

    @Test
    void nobody_waits_for_a_free_lock_and_nobody_shares_it() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Actors actors = new Actors(seed);
            AsyncMutex mutex = new AsyncMutex();
            List<User> users = new ArrayList<>();
            int[] inside = new int[1];
            int count = 2 + actors.random.nextInt(6);
            for (int i = 0; i < count; i++) {
                users.add(new User(mutex, actors, inside, actors.random.nextBoolean()));
                actors.add(users.get(i));
            }

            actors.run();

            assertThat(mutex.isLocked()).as("seed %d", seed).isFalse();
            assertThat(users).as("seed %d", seed).noneMatch(User::waits);
            assertThat(mutex.waiting.size()).as("seed %d", seed).isZero();
        }
    }
}
