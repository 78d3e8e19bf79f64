package dev.gearbox.support;

/** Checks numbers of a configuration. */
public final class Range {
    private Range() {}

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if it is not in the range; names the identity, the key and the range
     */
    public static int check(String pid, String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    pid + ": " + key + " is " + value + ", allowed is " + min + " to " + max);
        }
        return value;
    }
}
