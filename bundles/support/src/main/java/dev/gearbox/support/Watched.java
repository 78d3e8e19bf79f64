package dev.gearbox.support;

/** A thread that runs tasks and is looked at from outside while it does. */
public interface Watched {
    /** Returns the thread. */
    Thread thread();

    /**
     * Returns a number that is odd while the thread is inside a task, and different for each: two equal odd readings are
     * the same poll. Read with acquire; what {@link #current} returned between two equal odd readings is that poll's run.
     */
    long sequence();

    /** Returns what the thread is in the middle of, or null; read without a fence, so by itself it says nothing. */
    Runnable current();

    /** Returns the thread's {@link ThreadTimes#nativeIdOfCallingThread}, or 0 while it is not known. */
    long nativeId();

    /** Asks the thread to call {@link Sighting#end} when its present poll is over; called by the monitor. */
    void sighted();
}
