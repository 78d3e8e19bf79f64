package dev.gearbox.io;

import java.io.IOException;

/** Says that there were more bytes than a limit that the caller chose. */
public final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int limit;

    /** Says that something, such as "the line", is longer than this many bytes. */
    public LimitExceededException(String what, int limit) {
        super(what + " is longer than " + limit + " bytes");
        this.limit = limit;
    }

    /** Returns the limit, in bytes. */
    public int limit() {
        return limit;
    }
}
