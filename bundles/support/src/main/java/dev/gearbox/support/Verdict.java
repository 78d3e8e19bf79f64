package dev.gearbox.support;

/** What a look at a watched thread found. */
public enum Verdict {
    /** It is in no task, or in another than at the last look. */
    MOVING,
    /** It is in the same task, and it is not known what that does. */
    UNCLEAR,
    /** It is in the same task, which waits: for a lock, a time, or inside a native call. */
    BLOCKED,
    /** It is in the same task, which computes. */
    BUSY,
    /** It is in the same task, which would compute if the processors were not taken by others. */
    STARVED
}
