package dev.gearbox;

/**
 * What is known of a task at one moment.
 *
 * @param id unique within the runtime
 * @param name the name it was given, or {@code task-<id>}
 * @param owner the symbolic name of the bundle it belongs to, or {@code application} outside OSGi
 * @param state what it was doing
 * @param cancelled whether it has been asked to end
 */
public record TaskInfo(long id, String name, String owner, State state, boolean cancelled) {
    /** What a task is doing. */
    public enum State {
        /** Waits in a run queue. */
        QUEUED,
        /** Is being polled, which includes that it blocks inside its poll. */
        RUNNING,
        /** Waits for a wake, in no queue and on no thread. */
        WAITING,
        /** Has ended. */
        DONE
    }
}
