package dev.gearbox.poll;

/** One registration of one source, from register to deregister; also the event that reports it. */
abstract class Registration implements Event {
    /** Guards all that is not said to be for the polling thread. */
    final Object lock = new Object();

    final Poller poller;
    Token token;
    Interest interest;
    Trigger trigger;

    /** The part of the interest that is reported; an edge or a one-shot that was reported is missing. */
    Interest armed;

    boolean over;

    /** What this poll found; for the polling thread only. */
    private Interest readiness = Interest.NONE;

    Registration(Poller poller, Token token, Interest interest, Trigger trigger) {
        this.poller = poller;
        set(token, interest, trigger);
    }

    final void set(Token newToken, Interest newInterest, Trigger newTrigger) {
        token = newToken;
        interest = newInterest;
        trigger = newTrigger;
        armed = newInterest;
    }

    /** Notes what the source is ready for; for the polling thread. Several in one poll are one event. */
    final void note(Interest found) {
        if (readiness == Interest.NONE) {
            poller.note(this);
        }
        readiness = readiness.plus(found);
    }

    /** Forgets what was noted. */
    final void clear() {
        readiness = Interest.NONE;
    }

    final boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    @Override
    public final Token token() {
        synchronized (lock) {
            return token;
        }
    }

    @Override
    public final Interest readiness() {
        return readiness;
    }
}
