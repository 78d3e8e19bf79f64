package dev.gearbox.compare;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a scenario works with in one round, and where it puts what it measured.
 *
 * <p>Reports may come from any thread until {@link Scenario#measure} returns. A metric is named in the field's words, with
 * its unit apart; the same name has the same unit in each round.
 */
@ProviderType
public interface Round {
    /** Returns the runtime, whose tasks run on the scheduler under test. */
    AsyncRuntime runtime();

    /** Returns what shows and selects the gear; only a scenario that is not per scheduler changes it. */
    RuntimeAdmin admin();

    /** Returns the name of the scheduler under test, or {@code all} for a scenario that is not per scheduler. */
    String scheduler();

    /** Returns whether the comparison is to be over within minutes. */
    boolean quick();

    /** Returns whether this round is not measured; it does the same work all the same. */
    boolean warmUp();

    /** Starts the clocks of wall and CPU time anew; they run already when the round starts. */
    void begin();

    /** Stops the clocks. */
    void end();

    /** Returns the wall time between {@link #begin()} and {@link #end()}, or until now. */
    long nanos();

    /** Returns the CPU time of the whole process in the same span; 0 if the platform does not tell. */
    long cpuNanos();

    /** Says how much work the clocks saw, so that CPU time is reported for each unit of it and not for each second. */
    void work(double amount, String unit);

    /** Reports a value; the median over all rounds is what counts. */
    void value(String metric, String unit, Better better, double value);

    /**
     * Reports samples of a latency, in any order; of these the percentiles count, of all rounds together.
     *
     * <p>They appear as the metrics {@code <metric> p50}, {@code <metric> p99} and {@code <metric> max}, less being
     * better. That needs at least 1 000 of five rounds, else the scenario is void; of a quick comparison it is only noted.
     */
    void samples(String metric, String unit, double[] samples);

    /**
     * Reports samples of a latency under a load, as {@link #samples(String, String, double[])} does, and beside them those
     * that were taken in the same round with nothing else running.
     *
     * <p>The latter appear as {@code <metric> at rest}, and {@code <metric> p99 to rest} tells how many times as long the
     * one p99 is as the other.
     */
    void samples(String metric, String unit, double[] samples, double[] atRest);

    /** Tells whoever watches what is going on, in a few words. */
    void progress(String text);

    /** Adds a remark to the report, such as which load generator was used; the same remark appears once. */
    void note(String text);

    /** Says that this round did not measure what the scenario is about. It is repeated, a limited number of times. */
    void declareVoid(String reason);

    /** Says that a task was lost, doubled or gave a wrong result; the comparison fails, whatever else it shows. */
    void loss(String reason);

    /**
     * Says that the scheduler did what it promises not to do, such as taking a computation for a blocked task; the round
     * counts, and the comparison fails. In a warm-up it is ignored: code that is not compiled yet takes longer than it says.
     */
    void violation(String reason);
}
