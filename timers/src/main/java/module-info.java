/** The Timers service, which turns deadlines into wakes. */
module dev.gearbox.timers {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
}
