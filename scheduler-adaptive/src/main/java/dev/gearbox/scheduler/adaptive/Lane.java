package dev.gearbox.scheduler.adaptive;

import dev.gearbox.support.GlobalQueue;
import dev.gearbox.support.LocalQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * What one machine has queued: a slot for the run to go next, and a queue behind it.
 *
 * <p>A lane belongs to its machine for ever, whether that owns a processor or not. Only the machine fills it; anybody may
 * take from it.
 */
final class Lane {
    /*
     * Only the owner writes a run into the slot, so if the owner sees it empty it stays empty: a plain release store fills
     * it, without a read-modify-write. Everybody takes by compare-and-set or exchange. Of several runs that one poll
     * queues the first goes into the slot, where Go puts the last: so they are taken in the order in which they were
     * queued, and none is exchanged.
     */

    /** How often in a row the slot goes before the queue. */
    static final int SLOT_RUNS = 16;

    private static final VarHandle SLOT;

    static {
        try {
            SLOT = MethodHandles.lookup().findVarHandle(Lane.class, "slot", Runnable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final LocalQueue queue = new LocalQueue();
    private final GlobalQueue overflow;
    private volatile Runnable slot;
    private int slotRuns;
    /** {@link #pushLast}, made beforehand since a takeover must not allocate. */
    final Consumer<Runnable> intoQueue = this::pushLast;

    Lane(GlobalQueue overflow) {
        this.overflow = overflow;
    }

    /** Puts a run into the slot if that is empty, else behind the queue. Owner only. */
    void push(Runnable run) {
        if (SLOT.getOpaque(this) == null) {
            SLOT.setRelease(this, run);
        } else {
            queue.push(run, overflow);
        }
    }

    /** Puts a run behind the queue. Owner only. */
    void pushLast(Runnable run) {
        queue.push(run, overflow);
    }

    /** Takes the next run, or null. Owner only. */
    Runnable next() {
        Runnable run = (Runnable) SLOT.getOpaque(this);
        if (run != null) {
            if (slotRuns < SLOT_RUNS) {
                if (SLOT.compareAndSet(this, run, null)) {
                    slotRuns++;
                    return run;
                }
            } else {
                run = takeSlot();
                if (run != null) {
                    queue.push(run, overflow);
                }
            }
        }
        slotRuns = 0;
        return queue.poll();
    }

    /** Takes what is in the slot, or null. Any thread. */
    Runnable takeSlot() {
        return slot == null ? null : (Runnable) SLOT.getAndSet(this, null);
    }

    /** Takes everything out for a consumer; any thread. */
    void drainTo(Consumer<? super Runnable> consumer) {
        Runnable run = takeSlot();
        if (run != null) {
            consumer.accept(run);
        }
        queue.drainTo(consumer);
    }

    /** Moves everything to the global queue; any thread. */
    void publish() {
        drainTo(overflow::pushOwned);
    }

    boolean hasSlot() {
        return slot != null;
    }

    boolean isEmpty() {
        return slot == null && queue.isEmpty();
    }

    int size() {
        return queue.size() + (slot == null ? 0 : 1);
    }
}
