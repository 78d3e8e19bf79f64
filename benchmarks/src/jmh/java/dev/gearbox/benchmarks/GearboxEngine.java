package dev.gearbox.benchmarks;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Gearbox;

/** A Gearbox with one of its schedulers in gear. */
final class GearboxEngine implements AutoCloseable {
    private final Gearbox gearbox;

    /**
     * Starts one.
     *
     * @param scheduler {@code adaptive} or {@code classic}
     */
    GearboxEngine(String scheduler) {
        gearbox = Gearbox.start();
        gearbox.admin().use(scheduler);
    }

    AsyncRuntime runtime() {
        return gearbox.runtime();
    }

    Gearbox gearbox() {
        return gearbox;
    }

    /** Returns whether it is the name of a scheduler, and not of a peer. */
    static boolean has(String on) {
        return on.equals("adaptive") || on.equals("classic");
    }

    @Override
    public void close() {
        gearbox.close();
    }
}
