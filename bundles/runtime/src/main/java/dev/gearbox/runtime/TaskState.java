package dev.gearbox.runtime;

/**
 * The state word of a task: two bits and one final value.
 *
 * <pre>
 *                 wake                     run
 *   IDLE ─────────────────▶ SCHEDULED ───────────────▶ RUNNING ──ready, failed──▶ DONE
 *    ▲                          ▲                       │   │
 *    │            pending       │                       │   │ wake
 *    └──────────────────────────┼───────────────────────┘   ▼
 *                               └───────pending──── RUNNING|SCHEDULED
 * </pre>
 *
 * <p>SCHEDULED is set while the task is held by a queue or will be put into one when its poll ends; whoever sets it from
 * {@link #IDLE} puts the task into a queue. RUNNING is set while a thread polls; and on while the task is queued once more
 * because it woke itself in that poll, which puts it into a queue when the poll ends. So a task is in one queue at most and
 * polled by one thread at most. A wake that finds SCHEDULED still writes the word: only then does what the waker did
 * before happen-before the poll that follows.
 *
 * <p>The request to cancel is not here but in a flag of its own, set before a wake.
 */
final class TaskState {
    static final int IDLE = 0;
    static final int SCHEDULED = 1;
    static final int RUNNING = 2;
    static final int DONE = 4;

    private TaskState() {}
}
