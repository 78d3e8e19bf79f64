package dev.gearbox.interleaving;

import java.util.List;

/** The faults that the suites of this module are shown to find, at least one for each. */
final class Faults {
    private static final String CELL = "bundles/runtime/src/main/java/dev/gearbox/runtime/TaskCell.java";
    private static final String SWITCH = "bundles/runtime/src/main/java/dev/gearbox/runtime/SchedulerSwitch.java";
    private static final String QUEUE = "bundles/support/src/main/java/dev/gearbox/support/LocalQueue.java";
    private static final String GLOBAL = "bundles/support/src/main/java/dev/gearbox/support/GlobalQueue.java";
    private static final String PARKER = "bundles/support/src/main/java/dev/gearbox/support/ThreadParker.java";
    private static final String STRIPE = "timers/src/main/java/dev/gearbox/timers/TimerStripe.java";
    private static final String POLLER = "timers/src/main/java/dev/gearbox/timers/TimerPoller.java";
    private static final String ROLES = "scheduler-classic/src/main/java/dev/gearbox/scheduler/classic/Roles.java";
    private static final String LANE = "scheduler-classic/src/main/java/dev/gearbox/scheduler/classic/Lane.java";
    private static final String MACHINE =
            "scheduler-adaptive/src/main/java/dev/gearbox/scheduler/adaptive/Machine.java";
    private static final String IDLE_WORD =
            "scheduler-adaptive/src/main/java/dev/gearbox/scheduler/adaptive/IdleWord.java";
    private static final String MUTEX = "bundles/sync/src/main/java/dev/gearbox/sync/LockRequest.java";
    private static final String ONE_SHOT = "bundles/sync/src/main/java/dev/gearbox/sync/OneShot.java";
    private static final String BUFFER = "bundles/sync/src/main/java/dev/gearbox/sync/Buffer.java";
    private static final String LOCK = "bundles/sync/src/main/java/dev/gearbox/sync/BriefLock.java";

    private Faults() {}

    static List<Fault> stress() {
        return List.of(
                new Fault(
                        "wrong conviction: a machine's run is written after the number of its poll",
                        "dev.gearbox.scheduler.adaptive.CurrentRunStress",
                        MACHINE,
                        "current = run;\n        POLLS.setOpaque(this, polls + 1);\n        SEQUENCE.setRelease(this, sequence + 1);",
                        "POLLS.setOpaque(this, polls + 1);\n        SEQUENCE.setRelease(this, sequence + 1);\n        current = run;"),
                new Fault(
                        "lost waker: a pending poll makes the task idle without a look at wakes that came meanwhile",
                        "dev.gearbox.runtime.TaskWakeRunStress",
                        CELL,
                        "} else if (!STATE.compareAndSet(this, TaskState.HELD, TaskState.IDLE)) {",
                        "} else if ((state = TaskState.IDLE) != TaskState.IDLE) {"),
                new Fault(
                        "weakened order: a wake that finds the task woken writes nothing",
                        "dev.gearbox.runtime.TaskQueuedWakeStress",
                        CELL,
                        "if (now >= TaskState.ENDING) {",
                        "if (now >= TaskState.ENDING || (now & TaskState.WOKEN) != 0) {"),
                new Fault(
                        "double poll: a wake queues the task also while it is polled",
                        "dev.gearbox.runtime.TaskTwoWakersStress",
                        CELL,
                        "if (now == TaskState.IDLE) {",
                        "if ((now & TaskState.WOKEN) == 0) {"),
                new Fault(
                        "double run: a task that yields counts as idle while it is queued",
                        "dev.gearbox.runtime.TaskYieldWakeStress",
                        CELL,
                        "home.scheduleYielded(this);",
                        "STATE.setRelease(this, TaskState.IDLE);\n        home.scheduleYielded(this);"),
                new Fault(
                        "weakened order: nothing comes between the end and the look at the waiters",
                        "dev.gearbox.runtime.TaskEndWaiterStress",
                        CELL,
                        "STATE.setRelease(this, TaskState.ENDING);\n        chunk.remove(slot);",
                        "chunk.remove(slot);"),
                new Fault(
                        "early end: a task counts as done before it has left the table",
                        "dev.gearbox.runtime.TaskEndListingStress",
                        CELL,
                        "            awaitDone();\n        }\n        if (body",
                        "        }\n        if (body"),
                new Fault(
                        "lost waker: whoever polls the handle does not look again after registering",
                        "dev.gearbox.runtime.TaskEndWaiterStress",
                        CELL,
                        "addWaiter(waker);\n            if (state < TaskState.ENDING) {",
                        "addWaiter(waker);\n            if (waker != null) {"),
                new Fault(
                        "lost registration: waiters are added without compare-and-set",
                        "dev.gearbox.runtime.TaskTwoWaitersStress",
                        CELL,
                        "!WAITERS.compareAndSet(this, now, Waiters.with(Waiters.pruned(now), waker))) {",
                        "(waiters = Waiters.with(Waiters.pruned(now), waker)) == null) {"),
                new Fault(
                        "lost cancellation: the task is woken before the flag is set",
                        "dev.gearbox.runtime.TaskCancelRunStress",
                        CELL,
                        "if (isDone() || !CANCELLED.compareAndSet(this, false, true)) {\n            return false;\n        }\n        wake();",
                        "wake();\n        if (isDone() || !CANCELLED.compareAndSet(this, false, true)) {\n            return false;\n        }"),
                new Fault(
                        "weakened order: the waker of a task that blocks is a plain field",
                        "dev.gearbox.runtime.TaskCancelAwaitStress",
                        CELL,
                        "private volatile Waker onCancel;",
                        "private Waker onCancel;"),
                new Fault(
                        "task lost in a swap: neutral gear does not look at the gear again",
                        "dev.gearbox.runtime.SwitchShiftStress",
                        SWITCH,
                        "if (gear.get().scheduler != null || closed) {\n            drain();",
                        "if (closed) {\n            drain();"),
                new Fault(
                        "task lost in a swap: a refusal takes out of gear whoever is in it",
                        "dev.gearbox.runtime.SwitchRefusalStress",
                        SWITCH,
                        "if (gear.compareAndSet(closed, new Gear(null))) {",
                        "if (gear.getAndSet(new Gear(null)) == closed) {"),
                new Fault(
                        "task lost at the close: the flag is set after the drain",
                        "dev.gearbox.runtime.SwitchCloseStress",
                        SWITCH,
                        "closed = true;\n        drain();",
                        "drain();\n        closed = true;"),
                new Fault(
                        "double run: a thief takes many without compare-and-set",
                        "dev.gearbox.support.LocalQueueStealStress",
                        QUEUE,
                        "if (TAKEN.compareAndSet(this, now, word(n, n + count))) {",
                        "taken = word(n, n + count);\n            if (count > 0) {"),
                new Fault(
                        "lost run: a thief gives the slots back before it has copied them",
                        "dev.gearbox.support.LocalQueueStealStress",
                        QUEUE,
                        "if (TAKEN.compareAndSet(this, now, word(n, n + count))) {",
                        "if (TAKEN.compareAndSet(this, now, both(n + count))) {"),
                new Fault(
                        "lost run: a thief that is done gives back what another one still copies",
                        "dev.gearbox.support.LocalQueueTwoThievesStress",
                        QUEUE,
                        "if (count == 1 || isBeingCopied(now)) {",
                        "if (count == 1) {"),
                new Fault(
                        "double run: the overflow takes runs without compare-and-set",
                        "dev.gearbox.support.LocalQueueOverflowStress",
                        QUEUE,
                        "if (!TAKEN.compareAndSet(this, now, both(n + CAPACITY / 2))) {",
                        "TAKEN.setVolatile(this, both(n + CAPACITY / 2));\n        if (run == null) {"),
                new Fault(
                        "lost permit: the owner comes back without an exchange",
                        "dev.gearbox.support.ThreadParkerStress",
                        PARKER,
                        "LockSupport.parkNanos(this, maxNanos);\n        }\n        return (int) STATE.getAndSet(this, EMPTY) == PERMIT;",
                        "LockSupport.parkNanos(this, maxNanos);\n        }\n        boolean permit = state == PERMIT;\n        state = EMPTY;\n        return permit;"),
                new Fault(
                        "lost wake-up: a queue that somebody is adding to counts as empty",
                        "dev.gearbox.support.GlobalQueueSleeperStress",
                        GLOBAL,
                        "WORD.compareAndSet(this, now, now + how);",
                        "WORD.compareAndSet(this, now, now + LOCKED);"),
                new Fault(
                        "lost wake-up: who goes to sleep does not look at the queues again",
                        "dev.gearbox.scheduler.classic.PushAgainstSleepStress",
                        ROLES,
                        "appoint(awake(s) > 0 ? lane : null);\n            }\n        }\n        wakeOneForWork();",
                        "appoint(awake(s) > 0 ? lane : null);\n            }\n        }"),
                new Fault(
                        "lost wake-up: the last that stops searching does not look at the queues again",
                        "dev.gearbox.scheduler.classic.PushAgainstEndOfSearchStress",
                        ROLES,
                        "if (searching(state.getAndAdd(-SEARCHING)) == 1) {",
                        "if (searching(state.getAndAdd(-SEARCHING)) < 1) {"),
                new Fault(
                        "double run: the slot is emptied without an exchange",
                        "dev.gearbox.scheduler.classic.SlotStress",
                        LANE,
                        "return nextTask == null ? null : (Runnable) NEXT.getAndSet(this, null);",
                        "Runnable run = nextTask;\n        nextTask = null;\n        return run;"));
    }

    static List<Fault> models() {
        return List.of(
                new Fault(
                        "double run: the owner polls without compare-and-set",
                        "dev.gearbox.support.LocalQueueModelTest",
                        QUEUE,
                        "if (TAKEN.compareAndSet(this, now, then)) {\n                cleanUpTo(kept(then));",
                        "taken = then;\n            if (run != null) {\n                cleanUpTo(kept(then));"),
                new Fault(
                        "late timer: a lane takes a deadline that is before its latest",
                        "dev.gearbox.timers.TimerQueueModelTest",
                        STRIPE,
                        "} else if (deadline - lane.latest() >= 0",
                        "} else if (deadline - lane.latest() <= 0"),
                new Fault(
                        "leaked registration: cancelling publishes no new earliest deadline",
                        "dev.gearbox.timers.TimerQueueModelTest",
                        STRIPE,
                        "cancelled++;\n            publishLater();",
                        "cancelled++;"),
                new Fault(
                        "race: whether a timer is still armed is looked at before the lock is taken",
                        "dev.gearbox.timers.TimerQueueModelTest",
                        STRIPE,
                        "boolean cancel(ArmedTimer timer) {\n        lock();\n        try {\n            if (timer.index == ArmedTimer.NOWHERE) {\n                return false;\n            }",
                        "boolean cancel(ArmedTimer timer) {\n        if (timer.index == ArmedTimer.NOWHERE) {\n            return false;\n        }\n        lock();\n        try {"),
                new Fault(
                        "late timer: who is to sleep does not look at the queue again",
                        "dev.gearbox.timers.TimerPollerParkTest",
                        POLLER,
                        "if (Deadlines.isBefore(queue.nextDeadline(), next)) {",
                        "if (queue == null) {"),
                new Fault(
                        "lost wake-up: an earlier timer shortens the wait without ending it",
                        "dev.gearbox.timers.TimerPollerParkTest",
                        POLLER,
                        "if (WAITING_UNTIL.compareAndSet(this, until, Deadlines.AWAKE)) {\n                unpark();",
                        "if (WAITING_UNTIL.compareAndSet(this, until, deadline)) {"),
                new Fault(
                        "lost wake-up: who goes to sleep does not look at the queues again",
                        "dev.gearbox.scheduler.classic.IdleProtocolModelTest",
                        ROLES,
                        "appoint(awake(s) > 0 ? lane : null);\n            }\n        }\n        wakeOneForWork();",
                        "appoint(awake(s) > 0 ? lane : null);\n            }\n        }"),
                new Fault(
                        "silenced wake-ups: a search that fails stays counted",
                        "dev.gearbox.scheduler.classic.IdleProtocolModelTest",
                        ROLES,
                        "state.addAndGet(searching ? -AWAKE - SEARCHING : -AWAKE);",
                        "state.addAndGet(-AWAKE);"),
                new Fault(
                        "silenced wake-ups: a machine that parks stays counted as searching",
                        "dev.gearbox.scheduler.adaptive.IdleWordParkTest",
                        IDLE_WORD,
                        "word.addAndGet(PARKED - (running ? RUNNING : 0) - (searching ? SEARCHING : 0));",
                        "word.addAndGet(PARKED - (running ? RUNNING : 0));"),
                new Fault(
                        "double claim: a sleeper is claimed without compare-and-set",
                        "dev.gearbox.scheduler.adaptive.IdleWordParkTest",
                        IDLE_WORD,
                        "if (word.compareAndSet(w, w + RUNNING + SEARCHING - cost(claim))) {",
                        "word.set(w + RUNNING + SEARCHING - cost(claim));\n            if (claim != Claim.NOBODY) {"),
                new Fault(
                        "lost wake-up: who is to wait for a lock does not try again after entering",
                        "dev.gearbox.sync.AsyncMutexParkTest",
                        MUTEX,
                        "mutex.waiting.enter(waiter, waker);\n            turn = mutex.tryTake(waiter);",
                        "mutex.waiting.enter(waiter, waker);"),
                new Fault(
                        "lost turn: who gives up after being woken wakes nobody else",
                        "dev.gearbox.sync.AsyncMutexParkTest",
                        MUTEX,
                        "if (!mutex.isLocked()) {",
                        "if (mutex == null) {"),
                new Fault(
                        "lost waker: a value is set over the waker of a receiver that has just come",
                        "dev.gearbox.sync.OneShotParkTest",
                        ONE_SHOT,
                        "if (STATE.compareAndSet(this, seen, outcome)) {",
                        "state = outcome;\n            if (outcome != null) {"),
                new Fault(
                        "lost turn: a receiver that takes its message after a wait wakes nobody for the next",
                        "dev.gearbox.sync.ChannelParkTest",
                        BUFFER,
                        "return head != tail || closed ? receivers.next() : null;",
                        "return closed ? receivers.next() : null;"),
                new Fault(
                        "lost turn: a sender that gives up after being woken wakes nobody else",
                        "dev.gearbox.sync.ChannelParkTest",
                        BUFFER,
                        "return tail - head < capacity || closed ? senders.next() : null;",
                        "return closed ? senders.next() : null;"),
                new Fault(
                        "two owners: the lock of a buffer is taken without compare-and-set",
                        "dev.gearbox.sync.BufferModelTest",
                        LOCK,
                        "if (!LOCKED.compareAndSet(this, false, true)) {\n            lockSlowly();\n        }",
                        "if (locked) {\n            lockSlowly();\n        }\n        locked = true;"));
    }
}
