package dev.gearbox.contract;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import dev.gearbox.spi.Run;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A run without a runtime that keeps books of itself: for each time it was accepted there is to be one run or one
 * hand-back, by one thread at a time and never on the stack of the call that submitted it.
 */
public final class CountedRun implements Run {
    /** What a run does. */
    @FunctionalInterface
    public interface Body {
        /** Does it, and returns how the run is to be submitted again once its body has ended; null means not again. */
        Executor run(CountedRun self) throws Exception;
    }

    private final Ledger ledger;
    private final int id;
    private final Body body;
    private final AtomicBoolean queued = new AtomicBoolean();
    private final AtomicInteger inside = new AtomicInteger();
    /** Calls of run and handBack that have not returned: between two queues a run is not over. */
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger handedBack = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<BlockedTaskReport> reports = new CopyOnWriteArrayList<>();
    private volatile Executor home;
    private volatile Thread lastThread;

    CountedRun(Ledger ledger, int id, Body body) {
        this.ledger = ledger;
        this.id = id;
        this.body = body;
    }

    /** Where the run goes when it is handed back; without this it goes nowhere. */
    public CountedRun withHome(Executor home) {
        this.home = home;
        return this;
    }

    /** Submits it, for instance to {@code scheduler::executeYielded}; returns whether it was accepted. */
    public boolean submit(Executor how) {
        if (!queued.compareAndSet(false, true)) {
            ledger.fault(this + " submitted while it was queued: the test is wrong");
            return false;
        }
        accepted.incrementAndGet();
        boolean outer = ledger.isSubmitting();
        ledger.setSubmitting(true);
        try {
            how.execute(this);
            return true;
        } catch (RejectedExecutionException refusal) {
            accepted.decrementAndGet();
            refused.incrementAndGet();
            if (!queued.compareAndSet(true, false)) {
                ledger.fault(this + " refused, and yet run or handed back");
            }
            return false;
        } finally {
            ledger.setSubmitting(outer);
        }
    }

    @Override
    public void run() {
        busy.incrementAndGet();
        try {
            Executor again = poll();
            if (again != null) {
                submit(again);
            }
        } finally {
            busy.decrementAndGet();
        }
    }

    private Executor poll() {
        if (!queued.compareAndSet(true, false)) {
            ledger.fault(this + " doubled: run without being queued");
        }
        if (inside.incrementAndGet() != 1) {
            ledger.fault(this + " has two threads inside");
        }
        if (ledger.isSubmitting()) {
            ledger.fault(this + " run on the stack of a call that submits");
        }
        lastThread = Thread.currentThread();
        try {
            return body.run(this);
        } catch (Exception | AssertionError | StackOverflowError failure) {
            ledger.fault(this + " failed: " + failure);
            return null;
        } finally {
            ran.incrementAndGet();
            inside.decrementAndGet();
        }
    }

    @Override
    public void handBack() {
        busy.incrementAndGet();
        try {
            if (!queued.compareAndSet(true, false)) {
                ledger.fault(this + " doubled: handed back without being queued");
            }
            handedBack.incrementAndGet();
            Executor next = home;
            if (next != null) {
                submit(next);
            }
        } finally {
            busy.decrementAndGet();
        }
    }

    @Override
    public TaskInfo task() {
        TaskInfo.State state = inside.get() > 0
                ? TaskInfo.State.RUNNING
                : queued.get() ? TaskInfo.State.QUEUED : TaskInfo.State.WAITING;
        return new TaskInfo(id, "run-" + id, "contract", state, false);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void onCancel(Waker waker) {
        if (Thread.currentThread() != lastThread) {
            ledger.fault(this + " onCancel on another thread than its own");
        }
    }

    @Override
    public void report(BlockedTaskReport report) {
        reports.add(report);
    }

    /** Returns the reports it got, in their order. */
    public List<BlockedTaskReport> reports() {
        return List.copyOf(reports);
    }

    /** Returns how often it was accepted. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns how often it was run. */
    public int ran() {
        return ran.get();
    }

    /** Returns how often it was handed back. */
    public int handedBack() {
        return handedBack.get();
    }

    /** Returns how often it was refused. */
    public int refused() {
        return refused.get();
    }

    /** Returns the thread that ran it last, or null. */
    public Thread lastThread() {
        return lastThread;
    }

    boolean isQueued() {
        return queued.get();
    }

    boolean isActive() {
        return queued.get() || busy.get() > 0;
    }

    @Override
    public String toString() {
        return "run-" + id + "[accepted=" + accepted + ", ran=" + ran + ", handedBack=" + handedBack + ", refused="
                + refused + ", inside=" + inside + "]";
    }
}
