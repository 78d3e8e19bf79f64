/** Processors that move on to another thread when their task blocks. */
module dev.gearbox.scheduler.adaptive {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
}
