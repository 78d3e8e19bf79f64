package dev.gearbox.examples.minihttp;

import java.time.Duration;

/**
 * How long a connection waits for its client.
 *
 * @param idle for the next request to begin
 * @param request for the rest of a head, and then for the rest of a body
 * @param response for the client to take some bytes of the responses
 * @param drain for the client to close after the last response
 */
record Timeouts(Duration idle, Duration request, Duration response, Duration drain) {
    static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1));
}
