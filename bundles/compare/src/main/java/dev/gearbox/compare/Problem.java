package dev.gearbox.compare;

/**
 * Why a comparison does not hold.
 *
 * @param scenario the scenario's name
 * @param scheduler the scheduler's name, or {@code all}
 * @param kind what went wrong
 * @param reason the details, in one sentence
 */
public record Problem(String scenario, String scheduler, Kind kind, String reason) {
    /** What can go wrong. */
    public enum Kind {
        /** A task was lost, doubled, or gave a wrong result. */
        LOSS,
        /** A scheduler did what it promises not to do. */
        VIOLATION,
        /** The rounds did not measure what the scenario is about. */
        VOID,
        /** A round ended with an exception. */
        FAILED
    }

    @Override
    public String toString() {
        return scenario + " on " + scheduler + ": " + kind.name().toLowerCase(java.util.Locale.ROOT) + ": " + reason;
    }
}
