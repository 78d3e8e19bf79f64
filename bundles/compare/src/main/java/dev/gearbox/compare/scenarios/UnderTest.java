package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Round;
import dev.gearbox.spi.SchedulerStatistics;

/** Looks at the scheduler under test. */
final class UnderTest {
    /** The label of the scheduler that has a pool of its own for blocking calls, and that blocking tasks hurt. */
    static final String CLASSIC = "classic";

    private UnderTest() {}

    /** Returns its counts of this moment. */
    static SchedulerStatistics statistics(Round round) {
        return round.admin().schedulers().stream()
                .filter(info -> info.name().equals(round.scheduler()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(round.scheduler() + " is not present any more"))
                .statistics();
    }
}
