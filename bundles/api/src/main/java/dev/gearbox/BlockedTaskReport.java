package dev.gearbox;

import dev.gearbox.spi.CallSites;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells of one poll in which a task kept its thread for long: who, where, for how long, at whose cost, and what was done.
 *
 * <p>A poll of more than a second is told of twice: once while it goes on, and once when it has ended; any other once,
 * when it has ended. Immutable; holds texts only, so that it keeps no class of a stopped bundle loaded.
 *
 * @param task the task as it was when its scheduler noticed it
 * @param kind why the poll took long
 * @param action what the scheduler did for the others
 * @param scheduler the name of the scheduler
 * @param thread the name of the thread
 * @param stack where the thread was then, topmost frame first; empty if too many stacks were taken at that time
 * @param duration how long the poll took, or has taken so far
 * @param ended whether the poll has ended
 * @param waiting how many runs waited behind it when it was noticed
 * @param waited how long the eldest of these waited for another thread to take over, or has waited so far
 * @param lock what the thread waited for, if it is known
 */
public record BlockedTaskReport(
        TaskInfo task,
        Kind kind,
        Action action,
        String scheduler,
        String thread,
        List<StackTraceElement> stack,
        Duration duration,
        boolean ended,
        int waiting,
        Duration waited,
        Optional<LockWait> lock) {

    /** Why a poll took long. */
    public enum Kind {
        /** Its thread waited, slept, or was in a call into the system. */
        BLOCKED,
        /** It computed. */
        BUSY
    }

    /** What a scheduler did for the tasks that waited behind a poll. */
    public enum Action {
        /** Another thread took over the work of this one. */
        HANDED_OVER,
        /** Nothing: no task waited behind it, or other threads were free to run those that did. */
        NONE_NEEDED,
        /** Nothing could be done: no further thread was allowed, or none could be started. */
        BOUND_REACHED,
        /** Nothing: the tasks that blocked last all wait for one lock, so that more threads would block there too. */
        SAME_LOCK,
        /** Nothing: this scheduler only reports. */
        REPORTED_ONLY
    }

    /**
     * What a blocked thread waits for.
     *
     * @param lock class and identity of the lock, such as {@code java.lang.Object@1b2c3d}
     * @param owner the name of the thread that holds it, if it is known
     */
    public record LockWait(String lock, Optional<String> owner) {
        /** Checks that nothing is null. */
        public LockWait {
            Objects.requireNonNull(lock, "lock");
            Objects.requireNonNull(owner, "owner");
        }
    }

    /** Copies the stack and checks that nothing is null. */
    public BlockedTaskReport {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(thread, "thread");
        stack = List.copyOf(stack);
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(waited, "waited");
        Objects.requireNonNull(lock, "lock");
    }

    /**
     * Returns the frame that a user looks for: the topmost one that belongs neither to the JDK nor to the core of Gearbox,
     * else the topmost one; empty if there is no stack.
     */
    public Optional<StackTraceElement> callSite() {
        return CallSites.find(stack);
    }
}
