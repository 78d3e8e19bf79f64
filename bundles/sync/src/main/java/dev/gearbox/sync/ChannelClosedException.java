package dev.gearbox.sync;

/** Thrown to whoever sends into a {@link Channel} that has closed; the message was not sent. */
public final class ChannelClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Makes one that says why. */
    public ChannelClosedException(String message) {
        super(message);
    }
}
