package dev.gearbox.runtime;

/**
 * The limits and the pin of a runtime, and what it records.
 *
 * @param maxTasks how many live tasks there may be in all, at least 1
 * @param maxTasksPerOwner how many live tasks one bundle may have, at least 1
 * @param pin the name of the scheduler to use, or null for the one that is preferred
 * @param keptReports how many reports of blocked tasks are kept, from 1 to 10 000
 * @param recordSpawnSites whether each task remembers where it was spawned
 */
public record RuntimeConfiguration(
        int maxTasks, int maxTasksPerOwner, String pin, int keptReports, boolean recordSpawnSites) {
    /**
     * Four million tasks in all, half of that for each bundle, about 100 bytes each; 100 reports, a few KB each; no spawn
     * sites, since each costs a walk of the stack.
     */
    public static final RuntimeConfiguration DEFAULT = new RuntimeConfiguration(4_000_000, 2_000_000, null);

    /** Checks the ranges. */
    public RuntimeConfiguration {
        check("maxTasks", maxTasks, Integer.MAX_VALUE);
        check("maxTasksPerBundle", maxTasksPerOwner, Integer.MAX_VALUE);
        check("keptReports", keptReports, 10_000);
        pin = pin == null || pin.isBlank() ? null : pin.strip();
    }

    /** Makes one that keeps 100 reports and records no spawn sites. */
    public RuntimeConfiguration(int maxTasks, int maxTasksPerOwner, String pin) {
        this(maxTasks, maxTasksPerOwner, pin, 100, false);
    }

    private static void check(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "dev.gearbox.runtime: " + key + " = " + value + ", but it must be from 1 to " + most);
        }
    }
}
