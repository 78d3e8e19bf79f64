package dev.gearbox.itest;

import dev.gearbox.Task;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one task of a {@link Fleet} counts itself.
 *
 * <p>A task in polled style enters and leaves at each poll, one in direct style once. Thread-safe: being entered by two
 * threads at once is what it is to find.
 */
final class Member {
    private final String kind;
    private final boolean direct;
    private final AtomicBoolean inside = new AtomicBoolean();
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger doubled = new AtomicInteger();
    private final AtomicLong steps = new AtomicLong();
    private volatile boolean ended;
    private volatile Task<?> task;

    Member(String kind, boolean direct) {
        this.kind = kind;
        this.direct = direct;
    }

    void spawned(Task<?> handle) {
        task = handle;
    }

    Task<?> task() {
        return task;
    }

    /** To be called first thing in a poll or body. */
    void enter() {
        boolean again = entered.getAndIncrement() > 0 && direct;
        if (inside.getAndSet(true) || ended || again) {
            doubled.incrementAndGet();
        }
    }

    /** To be called last thing in a poll or body. */
    void leave(boolean finished) {
        ended = finished;
        inside.set(false);
    }

    void step() {
        steps.incrementAndGet();
    }

    long steps() {
        return steps.get();
    }

    boolean hasEntered() {
        return entered.get() > 0;
    }

    boolean hasEnded() {
        return ended;
    }

    int doubled() {
        return doubled.get();
    }

    @Override
    public String toString() {
        return kind + " entered " + entered + ", steps " + steps + ", " + task;
    }
}
