/** Sockets. */
module dev.gearbox.net {
    requires dev.gearbox.api;
}
