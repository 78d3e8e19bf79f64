package dev.gearbox.examples.minihttp;

/** Whether a connection goes on after a response, and what the response says about that. */
enum Persistence {
    /** It goes on, as is usual in HTTP/1.1. */
    IMPLIED(""),
    /** It goes on, as a client with HTTP/1.0 asked. */
    KEEP_ALIVE("Connection: keep-alive\r\n"),
    /** It ends. */
    CLOSE("Connection: close\r\n");

    final String field;

    Persistence(String field) {
        this.field = field;
    }
}
