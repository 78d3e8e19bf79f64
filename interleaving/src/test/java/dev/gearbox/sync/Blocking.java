package dev.gearbox.sync;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.support.MonitorParker;

/** Waits for pollables in a way that a model checker can follow. */
final class Blocking {
    private Blocking() {}

    static <T> T get(Pollable<T> pollable) {
        MonitorParker parker = new MonitorParker();
        try {
            Poll<T> poll = pollable.poll(parker::unpark);
            while (!poll.isReady()) {
                parker.park(Long.MAX_VALUE);
                poll = pollable.poll(parker::unpark);
            }
            return poll.value();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
    }
}
