package dev.gearbox.compare;

/** Which way a metric improves. */
public enum Better {
    /** Less is better, as for a time. */
    LOWER,
    /** More is better, as for a rate. */
    HIGHER
}
