package dev.gearbox.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows which frames of a stack are a user's: those that belong neither to the JDK nor to the core of Gearbox. */
public final class CallSites {
    /** The beginnings of what belongs to the JDK, and of the schedulers. */
    private static final List<String> FOREIGN_TREES =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "dev.gearbox.scheduler.");
    /** The core's other packages; examples and applications of ours, beside them, are users. */
    private static final Set<String> CORE = Set.of(
            "dev.gearbox",
            "dev.gearbox.spi",
            "dev.gearbox.support",
            "dev.gearbox.runtime",
            "dev.gearbox.reactor",
            "dev.gearbox.poll",
            "dev.gearbox.timers",
            "dev.gearbox.io",
            "dev.gearbox.net",
            "dev.gearbox.fs",
            "dev.gearbox.sync",
            "dev.gearbox.stream");

    private CallSites() {}

    /** Returns the topmost frame of a user, else the topmost one; empty if there is none. */
    public static Optional<StackTraceElement> find(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> isUsers(frame.getClassName()))
                .findFirst()
                .or(() -> stack.stream().findFirst());
    }

    /** Returns whether a class of this name is a user's. */
    public static boolean isUsers(String className) {
        for (String tree : FOREIGN_TREES) {
            if (className.startsWith(tree)) {
                return false;
            }
        }
        return !CORE.contains(className.substring(0, Math.max(0, className.lastIndexOf('.'))));
    }
}
