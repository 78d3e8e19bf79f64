/** Work-stealing workers beside a separate pool for blocking calls. */
module dev.gearbox.scheduler.classic {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
}
