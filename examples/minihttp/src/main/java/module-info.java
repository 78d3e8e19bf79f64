/** A small HTTP/1.1 server on sockets that never block a thread. */
module dev.gearbox.examples.minihttp {
    requires dev.gearbox.api;
}
