package dev.gearbox.runtime;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.spi.Await;
import dev.gearbox.spi.Timer;
import dev.gearbox.support.Clock;

/** Ready when its deadline has come; armed at the timers of the moment when it is polled before. */
final class Sleep implements Pollable<Void> {
    private final TimersSwitch timers;
    private final Clock clock;
    private final long deadline;
    /** Whether the deadline was ahead when this was made: then the first poll leaves it to the timers, which cost less. */
    private boolean ahead;

    private Timer timer;
    private Waker armedFor;
    private boolean finished;

    /** Makes one that ends so many nanoseconds from now. */
    Sleep(TimersSwitch timers, Clock clock, long nanos) {
        this.timers = timers;
        this.clock = clock;
        this.deadline = clock.nanoTime() + nanos;
        this.ahead = nanos > 0;
    }

    @Override
    public Poll<Void> poll(Waker waker) {
        if (finished) {
            throw new IllegalStateException("polled again after it had finished");
        }
        if (!ahead && clock.nanoTime() - deadline >= 0) {
            close();
            return Poll.ready(null);
        }
        ahead = false;
        if (timers.isClosed()) {
            close();
            checkOpen();
        }
        if (timer == null || waker != armedFor || !timer.isArmed()) {
            disarm();
            armedFor = waker;
            timer = timers.arm(deadline, waker);
        }
        return Poll.pending();
    }

    /** Waits; also a thread that has no task to be cancelled learns that the runtime has stopped. */
    @Override
    public Void await() throws Exception {
        return Await.await(this, this::checkOpen);
    }

    /** Fails if the runtime has stopped. */
    void checkOpen() {
        timers.checkOpen();
    }

    @Override
    public void close() {
        finished = true;
        disarm();
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
            armedFor = null;
        }
    }
}
