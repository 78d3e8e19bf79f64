package dev.gearbox.compare.scenarios;

/** Why a thread that runs a task does not get on. */
enum BlockingCause {
    SLEEP("accidental-blocking", "sleep 50 ms on their thread", places -> new Sleeping()),
    MONITOR(
            "accidental-blocking-monitor",
            "wait 50 ms for a monitor that a thread elsewhere holds",
            places -> new Feeder(HeldElsewhere.monitors(places))),
    LOCK(
            "accidental-blocking-lock",
            "wait 50 ms for a Lock that a thread elsewhere holds",
            places -> new Feeder(HeldElsewhere.locks(places))),
    SOCKET(
            "accidental-blocking-socket",
            "wait 50 ms in the read of a blocking socket",
            places -> new Feeder(ReadLate.sockets(places))),
    PIPE(
            "accidental-blocking-pipe",
            "wait 50 ms in the read of a pipe",
            places -> new Feeder(ReadLate.pipes(places))),
    FIFO(
            "accidental-blocking-fifo",
            "wait 50 ms in the read of a named pipe",
            places -> new Feeder(Fifos.reading(places))),
    NATIVE(
            "accidental-blocking-native",
            "wait 50 ms for a named pipe to be opened, a native call in which Java takes the thread for runnable",
            places -> new Feeder(Fifos.opening(places)));

    /** Makes what blocks so many threads. */
    @FunctionalInterface
    interface Opener {
        Blocks open(int places) throws Exception;
    }

    private static final class Sleeping implements Blocks {
        @Override
        public void block(int place) throws InterruptedException {
            Thread.sleep(Hogs.SLICE_MILLIS);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private final String scenario;
    private final String description;
    private final Opener opener;

    BlockingCause(String scenario, String description, Opener opener) {
        this.scenario = scenario;
        this.description = description;
        this.opener = opener;
    }

    /** Returns the name of the scenario that shows it. */
    String scenario() {
        return scenario;
    }

    /** Returns what the tasks do, as a part of a sentence. */
    String description() {
        return description;
    }

    /**
     * Makes what blocks so many threads.
     *
     * @throws Fifos.UnavailableException if this system has no such thing
     */
    Blocks open(int places) throws Exception {
        return opener.open(places);
    }
}
