package dev.gearbox.scheduler.classic;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The steps of two workers and of pushes from outside under the model checker: after any interleaving of them the sums
 * hold, and no work lies about while somebody sleeps and nobody searches.
 */
public class IdleProtocolModelTest {
    private final Steps steps = new Steps(2);
    private final Worker first = new Worker(steps.lanes.get(0));
    private final Worker second = new Worker(steps.lanes.get(1));

    /** What the thread of a worker would do. */
    private final class Worker {
        private final Lane lane;
        private boolean resting;
        private boolean searching;

        Worker(Lane lane) {
            this.lane = lane;
        }

        void find() {
            if (isAwake() && steps.global.poll() != null) {
                stopSearching();
            }
        }

        void search() {
            if (isAwake() && !searching) {
                searching = steps.roles.startSearching();
            }
        }

        void push() {
            if (isAwake()) {
                lane.queue.push(Steps.RUN, steps.global);
                steps.roles.wakeOne();
            }
        }

        void sleep() {
            if (isAwake()) {
                while (lane.queue.poll() != null) {
                    stopSearching();
                }
                boolean was = searching;
                searching = false;
                resting = true;
                steps.roles.sleep(lane, was, false);
            }
        }

        void rise() {
            if (resting) {
                searching = !steps.roles.rise(lane);
                resting = false;
            }
        }

        private boolean isAwake() {
            if (resting && lane.posture == Lane.Posture.AWAKE) {
                resting = false;
                searching = true;
            }
            return !resting;
        }

        private void stopSearching() {
            if (searching) {
                searching = false;
                steps.roles.stopSearching();
            }
        }
    }

    @Operation
    public void pushFromOutside() {
        steps.global.push(Steps.RUN);
        steps.roles.wakeOne();
    }

    @Operation(nonParallelGroup = "first")
    public void firstFinds() {
        first.find();
    }

    @Operation(nonParallelGroup = "first")
    public void firstSearches() {
        first.search();
    }

    @Operation(nonParallelGroup = "first")
    public void firstPushes() {
        first.push();
    }

    @Operation(nonParallelGroup = "first")
    public void firstSleeps() {
        first.sleep();
    }

    @Operation(nonParallelGroup = "first")
    public void firstRises() {
        first.rise();
    }

    @Operation(nonParallelGroup = "second")
    public void secondFinds() {
        second.find();
    }

    @Operation(nonParallelGroup = "second")
    public void secondSearches() {
        second.search();
    }

    @Operation(nonParallelGroup = "second")
    public void secondPushes() {
        second.push();
    }

    @Operation(nonParallelGroup = "second")
    public void secondSleeps() {
        second.sleep();
    }

    @Validate
    public void noWorkIsOverlooked() {
        if (steps.isWorkOverlooked()) {
            throw new IllegalStateException("there is work, somebody sleeps, and nobody searches");
        }
        if (steps.roles.awake() + steps.roles.sleeping() != 2 || steps.roles.searching() > steps.roles.awake()) {
            throw new IllegalStateException(steps.roles.awake() + " awake, " + steps.roles.sleeping() + " asleep, "
                    + steps.roles.searching() + " searching");
        }
    }

    @Test
    void overlooks_no_work() {
        new ModelCheckingOptions()
                .iterations(30)
                .invocationsPerIteration(2_000)
                .actorsBefore(3)
                .threads(3)
                .actorsPerThread(3)
                .actorsAfter(0)
                .check(getClass());
    }
}
