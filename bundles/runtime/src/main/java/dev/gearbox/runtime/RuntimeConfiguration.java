package dev.gearbox.runtime;

/**
 * The limits and the pin of a runtime.
 *
 * @param maxTasks how many live tasks there may be in all, at least 1
 * @param maxTasksPerOwner how many live tasks one bundle may have, at least 1
 * @param pin the name of the scheduler to use, or null for the one that is preferred
 */
public record RuntimeConfiguration(int maxTasks, int maxTasksPerOwner, String pin) {
    /** Four million tasks in all, half of that for each bundle; about 100 bytes each. */
    public static final RuntimeConfiguration DEFAULT = new RuntimeConfiguration(4_000_000, 2_000_000, null);

    /** Checks the ranges. */
    public RuntimeConfiguration {
        check("maxTasks", maxTasks);
        check("maxTasksPerBundle", maxTasksPerOwner);
        pin = pin == null || pin.isBlank() ? null : pin.strip();
    }

    private static void check(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "dev.gearbox.runtime: " + key + " = " + value + ", but it must be from 1 to " + Integer.MAX_VALUE);
        }
    }
}
