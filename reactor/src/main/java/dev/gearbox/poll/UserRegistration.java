package dev.gearbox.poll;

/** The registration of a user-space source: stands in the poller's queue while there is something to report. */
final class UserRegistration extends Registration {
    private Interest ready = Interest.NONE;
    private boolean queued;

    UserRegistration(Poller poller, Token token, Interest interest, Trigger trigger) {
        super(poller, token, interest, trigger);
    }

    /** Readiness was set. */
    void ready(Interest newReadiness) {
        boolean queue;
        synchronized (lock) {
            ready = newReadiness;
            queue = mustQueue();
        }
        if (queue) {
            poller.queue(this);
        }
    }

    void change(Token newToken, Interest newInterest, Trigger newTrigger) {
        boolean queue;
        synchronized (lock) {
            set(newToken, newInterest, newTrigger);
            queue = mustQueue();
        }
        if (queue) {
            poller.queue(this);
        }
    }

    /**
     * Taken out of the queue by the polling thread: notes what there is to report.
     *
     * @return whether it has to go back into the queue, for the next poll
     */
    boolean found() {
        synchronized (lock) {
            queued = false;
            Interest found = ready.and(armed);
            if (over || found == Interest.NONE) {
                return false;
            }
            note(found);
            if (trigger == Trigger.ONE_SHOT) {
                armed = Interest.NONE;
            }
            queued = trigger == Trigger.LEVEL;
            return queued;
        }
    }

    void cancel() {
        synchronized (lock) {
            over = true;
        }
        poller.removed(this);
    }

    private boolean mustQueue() {
        if (queued || over || ready.and(armed) == Interest.NONE) {
            return false;
        }
        queued = true;
        return true;
    }
}
