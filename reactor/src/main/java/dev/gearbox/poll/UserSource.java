package dev.gearbox.poll;

/**
 * A source whose readiness any thread sets: brings what is not a channel into the same poll. Thread-safe.
 *
 * <p>Readiness that is set before the source is registered is reported as soon as it is.
 */
public final class UserSource extends Source {
    private UserRegistration registration;
    private Interest readiness = Interest.NONE;

    /** Makes a source that is ready for nothing. */
    public UserSource() {}

    /** Says what this source is ready for from now on; wakes the poller up if that blocks and was to be told. */
    public synchronized void setReadiness(Interest newReadiness) {
        readiness = newReadiness;
        if (registration != null) {
            registration.ready(newReadiness);
        }
    }

    /** Returns the readiness that was set last. */
    public synchronized Interest readiness() {
        return readiness;
    }

    @Override
    synchronized void register(Poller to, Token token, Interest interest, Trigger trigger) {
        if (registration != null) {
            throw new IllegalStateException(this + " is registered already");
        }
        registration = new UserRegistration(to, token, interest, trigger);
        to.added(registration);
        registration.ready(readiness);
    }

    @Override
    synchronized void reregister(Token token, Interest interest, Trigger trigger) {
        if (registration == null) {
            throw new IllegalStateException(this + " is not registered");
        }
        registration.change(token, interest, trigger);
    }

    @Override
    synchronized void deregister() {
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
    }
}
