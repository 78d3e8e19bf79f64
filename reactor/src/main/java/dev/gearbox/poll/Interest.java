package dev.gearbox.poll;

/** What a source is asked for, and what it is ready for: reading, writing, both or nothing. */
public enum Interest {
    /** Nothing; a source registered with it reports nothing, not even that it failed. */
    NONE,

    /** Has bytes or a datagram to read, a connection to accept, has ended or has failed. */
    READABLE,

    /** Takes bytes or a datagram, has finished to connect, or has failed. */
    WRITABLE,

    /** Both {@link #READABLE} and {@link #WRITABLE}. */
    BOTH;

    // an ordinal is a set of two bits: 1 for readable, 2 for writable
    private static final Interest[] VALUES = values();

    /** Returns whether {@link #READABLE} is in it. */
    public boolean isReadable() {
        return (ordinal() & 1) != 0;
    }

    /** Returns whether {@link #WRITABLE} is in it. */
    public boolean isWritable() {
        return (ordinal() & 2) != 0;
    }

    /** Returns what is in this or in the other. */
    public Interest plus(Interest other) {
        return VALUES[ordinal() | other.ordinal()];
    }

    /** Returns what is in this and not in the other. */
    public Interest minus(Interest other) {
        return VALUES[ordinal() & ~other.ordinal()];
    }

    /** Returns what is in this and in the other. */
    public Interest and(Interest other) {
        return VALUES[ordinal() & other.ordinal()];
    }
}
