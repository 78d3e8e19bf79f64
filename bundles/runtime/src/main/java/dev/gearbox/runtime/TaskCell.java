package dev.gearbox.runtime;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import dev.gearbox.spi.Await;
import dev.gearbox.spi.Run;
import dev.gearbox.spi.WorkerThread;
import dev.gearbox.support.SpinLock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** A task: its run, its waker, its handle and its state, in one object. */
final class TaskCell<T> implements Run, Waker, Task<T> {
    /*
     * TaskState tells the states and who changes them. Beyond that word:
     *
     *   body       what to run; when the state is DONE, the value or a Failure. Written before DONE, read after it.
     *   waiters    who polled the handle. A poll adds its waker and then reads the state; the end of the task writes
     *              ENDING and then takes the waiters. Between the two it takes the task out of the table, by a
     *              read-modify-write, which keeps them in this order and spares a fence; so one of the two sees the other.
     *              DONE comes after the table, so who sees a task done does not find it among the live ones; a poll that
     *              sees ENDING waits for it.
     *   detached   set by who closes the handle, who then reads the state; read by the end of a task that failed, after
     *              the table. So one of the two sees the other, as above, and the failure is reported at once.
     *   cancelled  set before the wake that makes the task look at it. It is looked at before each poll, and in await()
     *              by the thread that blocks, which onCancel's waker wakes: set the waker, then look at the flag; here:
     *              set the flag, then look at the waker.
     *   runner     the thread that runs a direct-style body; guarded by this for interruptible tasks, so that no
     *              interrupt comes after the body has ended; otherwise for reports only, and racy. While onCancel's
     *              waker is set (guarded likewise) the body waits, and its thread may run another task meanwhile: the
     *              waker is woken then, and the interrupt comes when the wait is over.
     *
     *   turns      how often the task was queued, from its number on; for whoever has made it held, so that the
     *              handing over from one such thread to the next also hands over the plain fields turns and queuedAt.
     *   queuedAt   when it was queued, in units of 256 ns, or 0 if this turn is not measured. One turn of 256 is measured,
     *              which costs about 110 ns; of those that the task asked for itself, which are the cheapest, one of
     *              4 096. So short and long lives are sampled alike, no counter is shared, and a turn that is not measured
     *              costs an increment and a comparison. Whoever takes the run back and queues it elsewhere leaves queuedAt as
     *              it is: the time in the queues of a scheduler that left, and in neutral gear, counts. The units wrap
     *              after 18 minutes.
     *
     * Whoever makes the task HELD, its spawner or the wake that finds it IDLE, queues it, and "held" passes from there
     * through the queue to the thread that polls. So a run starts with a volatile read alone: a wake that is not to be
     * seen there comes later in the order of the word, finds HELD, adds WOKEN, and is looked at when the poll ends. If it
     * is seen, an exchange takes WOKEN away, and all wakes up to it happen-before the poll.
     *
     * A poll that ends pending makes the task IDLE by compare-and-set from HELD. That fails if a wake has come; then the
     * task stays HELD and is queued again, and the next run takes WOKEN away. A plain store could overwrite a wake; and a
     * wake that finds WOKEN still writes the word, for else what its caller did before would not happen-before that run.
     *
     * A task that wakes itself during its poll, which is how it yields, stays HELD and touches no word that others write:
     *
     *   wokeItself  set by the thread that polls, which knows itself by its current run; looked at when the poll ends
     *   queued      whether the run that holds the task has not begun; only to be shown, and racy for all but who holds it
     *
     * So a task is spawned, polled once and ended without a read-modify-write of its state; a yield costs none; a wait
     * costs two, the wake's and the one that ends the poll.
     */
    static final byte POLLED = 0;
    static final byte DIRECT = 1;
    static final byte INTERRUPTIBLE = 2;
    static final byte KNOWN_TO_BLOCK = 4;

    private static final int MEASURED_TURNS = 256 - 1;
    private static final int MEASURED_YIELDS = 4_096 - 1;
    private static final int UNIT_LOG2 = 8;

    private static final Object PENDING = new Object();
    private static final VarHandle STATE;
    private static final VarHandle WAITERS;
    private static final VarHandle CANCELLED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(TaskCell.class, "state", int.class);
            WAITERS = lookup.findVarHandle(TaskCell.class, "waiters", Waker.class);
            CANCELLED = lookup.findVarHandle(TaskCell.class, "cancelled", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SchedulerSwitch home;
    /** The given name, or a SpawnSite with it, or null. */
    private final Object label;
    private Object body;
    private TaskTable.Chunk chunk;
    private long id;
    private volatile Waker waiters;
    private volatile Waker onCancel;
    private Thread runner;
    private volatile int state;
    private int queuedAt;
    private short turns;
    private final byte style;
    private byte slot;
    private boolean wokeItself;
    private boolean queued;
    private volatile boolean cancelled;
    private volatile boolean detached;

    TaskCell(SchedulerSwitch home, Object label, Object body, byte style) {
        this.home = home;
        this.label = label;
        this.body = body;
        this.style = style;
    }

    /** Tells the task its place and number, before anybody else sees it. */
    void admitted(TaskTable.Chunk place, int index, long number) {
        chunk = place;
        slot = (byte) index;
        id = number;
        turns = (short) number;
    }

    // ---- run ----

    /** Queues the run; for whoever made it held: by a spawn or a wake. */
    void queue() {
        queued = true;
        if ((turns++ & MEASURED_TURNS) == 0) {
            queuedAt = inUnits(System.nanoTime());
        }
        home.schedule(this);
    }

    private static int inUnits(long nanos) {
        return (int) (nanos >>> UNIT_LOG2);
    }

    @Override
    public void run() {
        begin();
        if (queuedAt == 0) {
            pollOnce();
        } else {
            pollMeasured();
        }
    }

    private void pollMeasured() {
        TaskOutcomes outcomes = chunk.table().outcomes();
        long start = System.nanoTime();
        outcomes.timeInQueue.record(Integer.toUnsignedLong(inUnits(start) - queuedAt) << UNIT_LOG2);
        queuedAt = 0;
        pollOnce();
        outcomes.timeInPoll.record(System.nanoTime() - start);
    }

    private void pollOnce() {
        if (cancelled) {
            endCancelledBeforePoll();
            return;
        }
        Object outcome;
        try {
            outcome = style == POLLED ? pollBody() : callBody();
        } catch (Throwable failure) {
            fail(failure);
            return;
        }
        if (outcome == PENDING) {
            suspend();
        } else {
            end(outcome);
        }
    }

    private void begin() {
        queued = false;
        if (state != TaskState.HELD) {
            STATE.getAndSet(this, TaskState.HELD);
        }
    }

    private Object pollBody() throws Exception {
        Poll<?> poll = ((Pollable<?>) body).poll(this);
        return poll.isReady() ? poll.value() : PENDING;
    }

    private void suspend() {
        if (wokeItself) {
            wokeItself = false;
            queueAgain();
        } else if (!STATE.compareAndSet(this, TaskState.HELD, TaskState.IDLE)) {
            queueAgain();
        }
    }

    private void queueAgain() {
        queued = true;
        if ((turns++ & MEASURED_YIELDS) == 0) {
            queuedAt = inUnits(System.nanoTime());
        }
        home.scheduleYielded(this);
    }

    private Object callBody() throws Exception {
        holdRunner();
        try {
            return ((Callable<?>) body).call();
        } finally {
            letRunnerGo();
        }
    }

    private void holdRunner() {
        if ((style & INTERRUPTIBLE) == 0) {
            runner = Thread.currentThread();
            return;
        }
        synchronized (this) {
            runner = Thread.currentThread();
            if (cancelled) {
                runner.interrupt();
            }
        }
    }

    private void letRunnerGo() {
        if ((style & INTERRUPTIBLE) == 0) {
            runner = null;
            return;
        }
        synchronized (this) {
            runner = null;
        }
        Thread.interrupted(); // an interrupt meant for this body must not reach the next one
    }

    private void endCancelledBeforePoll() {
        try {
            if (style == POLLED) {
                ((Pollable<?>) body).close();
            }
        } catch (Throwable failure) {
            fail(failure);
            return;
        }
        fail(new CancellationException());
    }

    private void fail(Throwable cause) {
        TaskOutcomes outcomes = chunk.table().outcomes();
        if (cancelled && isOfCancellation(cause)) {
            outcomes.cancelled.increment();
            end(Failure.ofCancellation(name(), outcomes.stopped(), cause));
            return;
        }
        outcomes.failed.increment();
        Failure failure = new Failure(cause);
        boolean told = end(failure);
        if (detached) {
            UnobservedFailures.report(UnobservedFailures.describe(this), failure);
        } else if (!told) {
            watch(failure);
        }
    }

    /** What an interrupt makes of a blocking call depends on the call, so of an interruptible task every exception counts. */
    private boolean isOfCancellation(Throwable cause) {
        return cause instanceof CancellationException
                || cause instanceof InterruptedException
                || (style & INTERRUPTIBLE) != 0 && cause instanceof Exception;
    }

    private void watch(Failure failure) {
        if (!failure.isObserved()) {
            chunk.table().outcomes().unobserved.watch(this, failure);
        }
    }

    /** Ends this task, which is queued, because nothing will ever run it. */
    void abandon() {
        cancelled = true;
        queuedAt = 0;
        run();
    }

    /** Returns whether somebody waits for the outcome, and so has been woken. */
    private boolean end(Object outcome) {
        body = outcome;
        STATE.setRelease(this, TaskState.ENDING);
        chunk.remove(slot);
        STATE.setRelease(this, TaskState.DONE);
        Waker all = waiters == null ? null : (Waker) WAITERS.getAndSet(this, null);
        if (all != null) { // else nobody waits, or who did has given up just now
            all.wake();
        }
        return all != null;
    }

    @Override
    public void handBack() {
        home.schedule(this);
    }

    @Override
    public TaskInfo task() {
        return info();
    }

    @Override
    public void onCancel(Waker waker) {
        if ((style & INTERRUPTIBLE) == 0) {
            onCancel = waker;
            return;
        }
        synchronized (this) {
            onCancel = waker;
            if (waker == null && cancelled && runner != null) {
                runner.interrupt();
            }
        }
    }

    @Override
    public void report(BlockedTaskReport report) {
        chunk.table().outcomes().blocked.report(report);
    }

    boolean isKnownToBlock() {
        return (style & KNOWN_TO_BLOCK) != 0;
    }

    /** Returns the thread that runs this task's body in direct style at this moment, or null. */
    Thread runner() {
        return runner;
    }

    // ---- waker ----

    @Override
    public void wake() {
        if (Thread.currentThread() instanceof WorkerThread worker && worker.currentRun() == this) {
            wakeItself();
            return;
        }
        while (true) {
            int now = state;
            if (now >= TaskState.ENDING) {
                return;
            }
            int next = now == TaskState.IDLE ? TaskState.HELD : TaskState.HELD | TaskState.WOKEN;
            if (STATE.compareAndSet(this, now, next)) {
                if (now == TaskState.IDLE) {
                    queue();
                }
                return;
            }
        }
    }

    /** As {@link #wake()}, for the thread that polls this task at this moment. */
    void wakeItself() {
        wokeItself = true;
    }

    // ---- handle ----

    @Override
    public Poll<T> poll(Waker waker) throws Exception {
        if (!isDone()) {
            addWaiter(waker);
            if (state < TaskState.ENDING) {
                return Poll.pending();
            }
            awaitDone();
        }
        if (body instanceof Failure failure) {
            failure.rethrow();
        }
        @SuppressWarnings("unchecked")
        T value = (T) body;
        return Poll.ready(value);
    }

    /** Waits for the few instructions between the outcome and the end. */
    private void awaitDone() {
        for (int spins = 0; !isDone(); spins++) {
            SpinLock.pause(spins);
        }
    }

    private void addWaiter(Waker waker) {
        Waker now = waiters;
        while (!Waiters.contains(now, waker)
                && !WAITERS.compareAndSet(this, now, Waiters.with(Waiters.pruned(now), waker))) {
            now = waiters;
        }
    }

    private void removeWaiter(Waker waker) {
        Waker now = waiters;
        while (now != null && !WAITERS.compareAndSet(this, now, Waiters.without(now, waker))) {
            now = waiters;
        }
    }

    /** Waits through a pollable of its own, so that giving up the wait takes its waker away and does not detach. */
    private final class Handle implements Pollable<T> {
        private Waker last;

        @Override
        public Poll<T> poll(Waker waker) throws Exception {
            last = waker;
            return TaskCell.this.poll(waker);
        }

        @Override
        public void close() {
            removeWaiter(last);
            if (isDone() && body instanceof Failure failure) {
                watch(failure); // the end of the task may have told this waiter alone, which does not look any more
            }
        }
    }

    @Override
    public T await() throws Exception {
        return Await.await(new Handle(), this::checkLongWait);
    }

    /** Also who waits for a task that is stuck in a blocking call learns that the runtime has stopped. */
    private void checkLongWait() {
        if (!isDone()) {
            home.checkOpen();
            NeutralGearReport.logIfNeutral(home, UnobservedFailures.describe(this));
        }
    }

    @Override
    public T await(Duration timeout) throws Exception {
        return Await.await(new Handle(), timeout);
    }

    @Override
    public boolean cancel() {
        if (isDone() || !CANCELLED.compareAndSet(this, false, true)) {
            return false;
        }
        wake();
        Waker blocked = onCancel;
        if (blocked != null) {
            blocked.wake();
        }
        if ((style & INTERRUPTIBLE) != 0) {
            synchronized (this) {
                if (runner != null && onCancel == null) {
                    runner.interrupt();
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        detached = true;
        if (state >= TaskState.ENDING && body instanceof Failure failure) {
            UnobservedFailures.report(UnobservedFailures.describe(this), failure);
        }
    }

    @Override
    public boolean isDone() {
        return state == TaskState.DONE;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String name() {
        Object given = label instanceof SpawnSite site ? site.name() : label;
        return given != null ? (String) given : "task-" + id;
    }

    String ownerName() {
        return chunk.ownerName();
    }

    @Override
    public TaskInfo info() {
        int now = state;
        TaskInfo.State shown = now == TaskState.DONE
                ? TaskInfo.State.DONE
                : now == TaskState.IDLE
                        ? TaskInfo.State.WAITING
                        : queued ? TaskInfo.State.QUEUED : TaskInfo.State.RUNNING;
        Optional<StackTraceElement> spawnedAt =
                label instanceof SpawnSite site ? Optional.of(site.frame()) : Optional.empty();
        return new TaskInfo(id, name(), ownerName(), shown, cancelled, spawnedAt);
    }

    @Override
    public String toString() {
        return info().toString();
    }
}
