package dev.gearbox;

/** Pending once, waking at once. */
final class YieldNow implements Pollable<Void> {
    private boolean yielded;

    @Override
    public Poll<Void> poll(Waker waker) {
        if (yielded) {
            return Poll.ready(null);
        }
        yielded = true;
        waker.wake();
        return Poll.pending();
    }
}
