package dev.gearbox.compare.scenarios;

/** Blocks each thread that asks for it for 50 ms. Thread-safe. */
interface Blocks {
    /** Blocks the calling thread; {@code place} is its number, which no other thread uses at the same time. */
    void block(int place) throws Exception;

    /** Lets whoever is still blocked go on, or fail, and frees everything. */
    void close() throws Exception;
}
