package dev.gearbox.scheduler.adaptive;

/** A processor that was taken from a poll or passed on before a wait, until it is known whether that helped. Immutable. */
final class HandOver {
    private final Machine from;
    /** The poll, or the stretch of it, that has to go on for the hand-over to have helped. */
    private final long sequence;

    /** Makes one for the poll that the machine is in, or else is about to begin. */
    HandOver(Machine from) {
        this.from = from;
        this.sequence = from.sequence() | 1;
    }

    /** Returns the poll. */
    long sequence() {
        return sequence;
    }

    /** Returns whether that poll is not over. Any thread. */
    boolean isOpen() {
        return from.sequence() - sequence <= 0;
    }
}
