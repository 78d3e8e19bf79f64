package dev.gearbox.contract;

import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * What applications may rely on, tested on the real runtime together with one scheduler.
 *
 * <p>A scheduler's test extends this and says how to make one. Each test makes its own runtime; after each all is closed,
 * and no thread may be left.
 */
@Timeout(value = 120)
public abstract class RuntimeContract
        implements SpawnContract,
                CancellationContract,
                NestedWaitContract,
                OwnerContract,
                YieldContract,
                WakeContract,
                WaitContract,
                MixingContract {
    @SuppressWarnings("this-escape") // the fixture calls back from the tests only, when this is complete
    private final RuntimeFixture fixture =
            new RuntimeFixture(new SchedulerFixture(this::newScheduler, this::newScheduler), this::newTimers);

    /** Makes a scheduler, as {@link SchedulerContract#newScheduler()}. */
    protected abstract Scheduler newScheduler();

    /** Makes a small scheduler, as {@link SchedulerContract#newScheduler(int)}. */
    protected abstract Scheduler newScheduler(int maxThreads);

    /** Makes a timer service in real time; it is closed after the test. */
    protected Timers newTimers() {
        return new RealTimers();
    }

    @Override
    public final RuntimeFixture fixture() {
        return fixture;
    }

    /** Closes what the test has made. */
    @AfterEach
    void close_what_the_test_has_made() throws Exception {
        fixture.close();
    }
}
