package dev.gearbox;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** How often which durations were measured; a snapshot that does not change, exact to 3 percent. */
@ProviderType
public interface DurationHistogram {
    /** Returns how many durations were measured. */
    long count();

    /**
     * Returns a duration that this many percent of those measured do not exceed; zero if there are none.
     *
     * @param percent from 0 to 100; 50 gives the median
     * @throws IllegalArgumentException if it is out of this range
     */
    Duration percentile(double percent);

    /** Returns the longest duration; zero if there is none. */
    Duration max();

    /** Returns the mean; zero if there are none. */
    Duration mean();

    /**
     * Returns what was measured after an earlier snapshot of the same histogram.
     *
     * @throws IllegalArgumentException if the other is no earlier snapshot of the same histogram
     */
    DurationHistogram since(DurationHistogram earlier);
}
