package dev.gearbox.shell;

import java.util.List;

/**
 * What the command {@code blocked} is to show.
 *
 * @param stacks whether the stacks too
 * @param latest whether the latest reports, rather than the call sites
 * @param most how many rows at most
 */
record BlockedOptions(boolean stacks, boolean latest, int most) {
    static final String USAGE = "gearbox:blocked [--stack] [--last] [HOW-MANY]";

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with the usage, if there is a wrong one
     */
    static BlockedOptions of(List<String> arguments) {
        boolean stacks = false;
        boolean latest = false;
        int most = 20;
        for (String argument : arguments) {
            switch (argument) {
                case "--stack" -> stacks = true;
                case "--last" -> latest = true;
                default -> most = number(argument);
            }
        }
        return new BlockedOptions(stacks, latest, most);
    }

    private static int number(String argument) {
        if (argument.matches("\\d{1,9}") && Integer.parseInt(argument) > 0) {
            return Integer.parseInt(argument);
        }
        throw new IllegalArgumentException("'" + argument + "' is neither an option nor a number of at least 1; usage: " + USAGE);
    }
}
