package dev.gearbox.runtime;

import dev.gearbox.spi.CallSites;

/** The label of a task whose spawn site is recorded; the name is null if none was given. Immutable. */
record SpawnSite(String name, StackTraceElement frame) {
    private static final StackWalker WALKER = StackWalker.getInstance();

    /** Returns the label of a task that the user's code on this thread's stack spawns now; the name if there is none. */
    static Object here(String name) {
        StackTraceElement frame = WALKER.walk(frames -> frames.filter(it -> CallSites.isUsers(it.getClassName()))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null));
        return frame == null ? name : new SpawnSite(name, frame);
    }
}
