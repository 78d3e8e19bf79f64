package dev.gearbox;

import java.util.ArrayDeque;
import java.util.Deque;

/** Answers what it was told to, one answer for each poll; pending when there is none left. */
public final class Scripted<T> implements Pollable<T> {
    private final Deque<CheckedFunction<Waker, Poll<T>>> answers = new ArrayDeque<>();
    private volatile Waker waker;
    private volatile int polls;
    private volatile int closes;

    /** Adds an answer: pending. */
    public Scripted<T> pending() {
        answers.add(unused -> Poll.pending());
        return this;
    }

    /** Adds an answer: pending, and at once a wake. */
    public Scripted<T> wakes() {
        answers.add(latest -> {
            latest.wake();
            return Poll.pending();
        });
        return this;
    }

    /** Adds an answer: ready. */
    public Scripted<T> ready(T value) {
        answers.add(unused -> Poll.ready(value));
        return this;
    }

    /** Adds an answer: this failure. */
    public Scripted<T> fails(Throwable failure) {
        answers.add(unused -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        });
        return this;
    }

    @Override
    public synchronized Poll<T> poll(Waker latest) throws Exception {
        polls++;
        waker = latest;
        CheckedFunction<Waker, Poll<T>> answer = answers.poll();
        return answer == null ? Poll.pending() : answer.apply(latest);
    }

    @Override
    public synchronized void close() {
        closes++;
    }

    /** Returns how often it was polled. */
    public int polls() {
        return polls;
    }

    /** Returns how often it was closed. */
    public int closes() {
        return closes;
    }

    /** Returns the waker of the last poll, or null. */
    public Waker waker() {
        return waker;
    }
}
