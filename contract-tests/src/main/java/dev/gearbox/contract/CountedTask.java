package dev.gearbox.contract;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The body of a task that keeps books of itself: begun once, ended once, never two threads inside. It goes through a
 * number of rounds, each of which waits for one pollable. Usable in either style, once.
 */
public final class CountedTask implements Pollable<Integer>, Callable<Integer> {
    private final int rounds;
    private final Supplier<Pollable<?>> step;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean doubled = new AtomicBoolean();
    private volatile int round;
    private Pollable<?> current;

    /** Makes a body that waits for this many of what the supplier makes. */
    public CountedTask(int rounds, Supplier<Pollable<?>> step) {
        this.rounds = rounds;
        this.step = step;
    }

    @Override
    public Poll<Integer> poll(Waker waker) throws Exception {
        enter();
        try {
            while (round < rounds) {
                if (current == null) {
                    current = step.get();
                }
                if (!current.poll(waker).isReady()) {
                    return Poll.pending();
                }
                current = null;
                round++;
            }
            ended.incrementAndGet();
            return Poll.ready(round);
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed.incrementAndGet();
        if (current != null) {
            current.close();
        }
    }

    @Override
    public Integer call() throws Exception {
        enter();
        try {
            while (round < rounds) {
                step.get().await();
                round++;
            }
            ended.incrementAndGet();
            return round;
        } finally {
            inside.decrementAndGet();
        }
    }

    private void enter() {
        if (inside.incrementAndGet() != 1) {
            doubled.set(true);
        }
        if (round == 0 && current == null && begun.incrementAndGet() > 1) {
            doubled.set(true);
        }
        if (ended.get() > 0 || closed.get() > 0) {
            doubled.set(true);
        }
    }

    /** Returns whether it has come to its end. */
    public boolean hasEnded() {
        return ended.get() > 0;
    }

    /** Returns whether it was begun or ended more than once, or had two threads inside. */
    public boolean wasDoubled() {
        return doubled.get() || ended.get() > 1 || closed.get() > 1;
    }

    /** Returns how often it was closed. */
    public int closes() {
        return closed.get();
    }

    @Override
    public String toString() {
        return "task[begun=" + begun + ", round=" + round + " of " + rounds + ", ended=" + ended + ", closed=" + closed
                + ", inside=" + inside + ", doubled=" + doubled + "]";
    }
}
