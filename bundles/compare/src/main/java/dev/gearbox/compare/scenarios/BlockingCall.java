package dev.gearbox.compare.scenarios;

/** A way to block threads, each in a place of its own, until another thread releases it. Thread-safe. */
interface BlockingCall {
    /** Blocks the calling thread until the place is released, once for each call; one thread at a time for each place. */
    void enter(int place) throws Exception;

    /** Lets the thread in this place go on; called once for each call of {@link #enter}, by one thread for all places. */
    void release(int place) throws Exception;

    /** Lets whoever is still inside go on, or fail, and frees everything. */
    void close() throws Exception;
}
