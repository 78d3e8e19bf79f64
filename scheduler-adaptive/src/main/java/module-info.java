/** Processors that move on to another thread when their task blocks. */
module dev.gearbox.scheduler.adaptive {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
    requires static org.osgi.service.component.annotations;
    requires static org.osgi.service.metatype.annotations;

    provides dev.gearbox.spi.SchedulerFactory with
            dev.gearbox.scheduler.adaptive.AdaptiveSchedulerFactory;
}
