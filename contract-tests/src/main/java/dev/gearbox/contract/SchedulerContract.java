package dev.gearbox.contract;

import dev.gearbox.spi.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Scheduler} has to do, tested from outside on runs that count themselves.
 *
 * <p>A scheduler's test extends this and says how to make one. Each test makes its own; after each the schedulers are
 * closed, and no thread may be left.
 */
@Timeout(value = 120)
public abstract class SchedulerContract
        implements ExecuteContract,
                FairnessContract,
                IsolationContract,
                BlockingContract,
                AwaitContract,
                HandBackContract,
                CloseContract,
                StatisticsContract,
                DriveContract,
                SwitchStressContract {
    @SuppressWarnings("this-escape") // the fixture calls back from the tests only, when this is complete
    private final SchedulerFixture fixture = new SchedulerFixture(this::newScheduler, this::newScheduler);

    /** Makes a scheduler with its usual number of threads; it is closed after the test. */
    protected abstract Scheduler newScheduler();

    /**
     * Makes a scheduler that runs what {@link Scheduler#execute} accepts on at most this many threads at once, counting
     * those that are blocked or waiting in a run; with 1, on one thread only.
     *
     * <p>Threads that it keeps apart for {@link Scheduler#executeBlocking}, and a monitor, do not count; the former are
     * bounded by some small number too.
     */
    protected abstract Scheduler newScheduler(int maxThreads);

    @Override
    public final SchedulerFixture fixture() {
        return fixture;
    }

    /** Closes what the test has made. */
    @AfterEach
    void close_what_the_test_has_made() {
        fixture.close();
    }
}
