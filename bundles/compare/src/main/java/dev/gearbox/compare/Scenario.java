package dev.gearbox.compare;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One load that is measured on every scheduler; registered as a service by whoever wants it compared.
 *
 * <p>The runner calls {@link #measure} once for each round, one round at a time, on a thread that belongs to no scheduler.
 * What is measured must not be open to optimisation: results are consumed and the work is checked in the round itself.
 *
 * <pre>{@code
 * @Component
 * public final class SpawnOne implements Scenario {
 *     public String name() { return "spawn-one"; }
 *     public String description() { return "one task is spawned and awaited, 10 000 times"; }
 *     public void measure(Round round) throws Exception {
 *         round.begin();
 *         for (int i = 0; i < 10_000; i++) {
 *             int answer = i;
 *             if (round.runtime().spawn(() -> answer).await() != i) {
 *                 round.loss("the wrong answer");
 *             }
 *         }
 *         round.end();
 *         round.work(10_000, "iteration");
 *         round.value("time", "µs/iteration", Better.LOWER, round.nanos() / 1e3 / 10_000);
 *     }
 * }
 * }</pre>
 */
@ConsumerType
public interface Scenario {
    /** Returns the name by which it is selected: unique, lower case, words joined by hyphens. */
    String name();

    /** Returns what it does, in one sentence with its sizes, for the report. */
    String description();

    /**
     * Returns whether each scheduler is measured on its own; if not, there is one series of rounds, in whose course the
     * scenario itself changes gear, and the runner restores the pin after each.
     */
    default boolean perScheduler() {
        return true;
    }

    /** Returns how many rounds are measured on each scheduler, at least 1. */
    default int rounds(boolean quick) {
        return quick ? 5 : 9;
    }

    /**
     * Returns how many rounds go before the measured ones at least; 0 means that no warm-up is wanted.
     *
     * <p>Otherwise there are more, three times as many at most, until two in a row differ by less than 5 %.
     */
    default int warmUps(boolean quick) {
        return quick ? 2 : 4;
    }

    /**
     * Measures one round and reports to it. When this returns, everything that it started has ended.
     *
     * @throws Exception if the round failed; that is reported, and this scenario ends
     */
    void measure(Round round) throws Exception;
}
