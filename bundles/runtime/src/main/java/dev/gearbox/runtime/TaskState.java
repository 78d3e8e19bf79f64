package dev.gearbox.runtime;

/**
 * The state word of a task: held or idle, a bit for wakes, and two values for its end.
 *
 * <pre>
 *            wake                        ready, failed
 *   IDLE ───────────▶ HELD ◀── spawn  ──────────────────▶ ENDING ──▶ DONE
 *    ▲                │  ▲
 *    └────pending─────┘  │ run begins
 *                     │  │
 *                wake ▼  │
 *                HELD|WOKEN ──▶ queued again when its poll ends pending
 * </pre>
 *
 * <p>HELD is set while the task is in a queue or a thread polls it, without a gap between the two; whoever sets it puts the
 * task into a queue. So a task is in one queue at most and polled by one thread at most. WOKEN says that a wake has come
 * since the latest run began, or, before a run, since the task was queued; a run that finds it takes it away. A wake that
 * finds WOKEN still writes the word: only then does what the waker did before happen-before the poll that follows.
 *
 * <p>The request to cancel is not here but in a flag of its own, set before a wake.
 */
final class TaskState {
    /** What a new task is: the default of a field, which no constructor has to write. */
    static final int HELD = 0;

    static final int IDLE = 1;
    static final int WOKEN = 2;
    /** The outcome is there, but the task may still be among the live ones; less than DONE, as all before it. */
    static final int ENDING = 4;

    static final int DONE = 5;

    private TaskState() {}
}
