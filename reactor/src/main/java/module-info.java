/** A poller for channels, and the Reactor service that turns readiness into wakes. */
module dev.gearbox.reactor {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
}
