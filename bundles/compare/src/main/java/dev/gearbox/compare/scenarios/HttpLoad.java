package dev.gearbox.compare.scenarios;

import java.io.IOException;

/** Something that loads an HTTP server with requests over kept connections, one at a time in each. */
interface HttpLoad {
    /**
     * What a load has found.
     *
     * @param requests how many were answered
     * @param perSecond how many in a second
     * @param p50Millis the median latency of a request
     * @param p99Millis the latency that 99 % do not exceed
     * @param errors what went wrong, or an empty string
     */
    record Outcome(double requests, double perSecond, double p50Millis, double p99Millis, String errors) {}

    /** Returns what to call it in a report. */
    String name();

    /**
     * Loads the server on this port of the loopback address.
     *
     * @throws IOException if the load cannot be made
     */
    Outcome run(int port, int threads, int connections, int seconds) throws IOException, InterruptedException;
}
