package dev.gearbox.poll;

/** How often a source that is ready is reported. */
public enum Trigger {
    /** By every poll, as long as it is ready. */
    LEVEL,

    /**
     * Once, and again only after an operation of the source met "would block", so read or write until it does.
     *
     * <p>{@link ChannelSource#read} and {@link ChannelSource#write} notice that themselves; after any other operation on
     * the channel say so by {@link ChannelSource#wouldBlock}. A {@link UserSource} is reported once each time that its
     * readiness is set.
     */
    EDGE,

    /** Once, and again only after {@link Poller#reregister}; whatever it was ready for, the whole interest is over. */
    ONE_SHOT
}
