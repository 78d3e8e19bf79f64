package dev.gearbox;

import java.util.Optional;

/**
 * What is known of a task at one moment.
 *
 * @param id unique within the runtime
 * @param name the name it was given, or {@code task-<id>}
 * @param owner the symbolic name of the bundle it belongs to, or {@code application} outside OSGi
 * @param state what it was doing
 * @param cancelled whether it has been asked to end
 * @param spawnedAt the frame that spawned it, if spawn sites were recorded then
 */
public record TaskInfo(
        long id, String name, String owner, State state, boolean cancelled, Optional<StackTraceElement> spawnedAt) {
    /** Makes one without a spawn site. */
    public TaskInfo(long id, String name, String owner, State state, boolean cancelled) {
        this(id, name, owner, state, cancelled, Optional.empty());
    }

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
