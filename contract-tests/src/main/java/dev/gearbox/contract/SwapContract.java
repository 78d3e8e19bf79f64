package dev.gearbox.contract;

import dev.gearbox.spi.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * Changing gear between two schedulers while tasks of all kinds are in flight: none is lost, none is doubled.
 *
 * <p>A subclass says how to make the two, which may be of the same kind. Each test makes its own runtime; after each all
 * is closed, and no thread may be left.
 */
@Timeout(value = 180)
public abstract class SwapContract implements GearContract, SwapStressContract {
    @SuppressWarnings("this-escape") // the fixture calls back from the tests only, when this is complete
    private final SwapFixture fixture = new SwapFixture(this::newFirst, this::newSecond);

    /** Makes the scheduler to begin with. */
    protected abstract Scheduler newFirst();

    /** Makes the scheduler to change to. */
    protected abstract Scheduler newSecond();

    @Override
    public final SwapFixture fixture() {
        return fixture;
    }

    /** Closes what the test has made. */
    @AfterEach
    void close_what_the_test_has_made() throws Exception {
        fixture.close();
    }
}
