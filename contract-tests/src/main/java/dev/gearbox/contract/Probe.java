package dev.gearbox.contract;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A pollable that tells what was done to it; it answers what it was told to answer. Thread-safe. */
public final class Probe<T> implements Pollable<T> {
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile Supplier<Poll<T>> answer;
    private volatile Waker waker;
    private volatile boolean doubled;

    private Probe(Supplier<Poll<T>> answer) {
        this.answer = answer;
    }

    /** Makes one that is pending until it is told otherwise. */
    public static <T> Probe<T> pending() {
        return new Probe<>(Poll::pending);
    }

    /** Makes it ready, and wakes whoever polled last. */
    public void complete(T value) {
        answer = () -> Poll.ready(value);
        wake();
    }

    /** Makes it fail, and wakes whoever polled last. */
    public void fail(RuntimeException failure) {
        answer = () -> {
            throw failure;
        };
        wake();
    }

    /** Wakes whoever polled last. */
    public void wake() {
        Waker last = waker;
        if (last != null) {
            last.wake();
        }
    }

    @Override
    public Poll<T> poll(Waker latest) {
        doubled |= inside.incrementAndGet() != 1;
        try {
            waker = latest;
            return answer.get();
        } finally {
            polls.incrementAndGet();
            inside.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }

    /** Returns how often it was polled. */
    public int polls() {
        return polls.get();
    }

    /** Returns how often it was closed. */
    public int closes() {
        return closes.get();
    }

    /** Returns the waker of the last poll, or null. */
    public Waker waker() {
        return waker;
    }

    /** Returns whether two threads were ever inside at once. */
    public boolean wasDoubled() {
        return doubled;
    }
}
