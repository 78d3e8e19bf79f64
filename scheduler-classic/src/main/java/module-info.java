/** Work-stealing workers beside a separate pool for blocking calls. */
module dev.gearbox.scheduler.classic {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
    requires static org.osgi.service.component.annotations;
    requires static org.osgi.service.metatype.annotations;

    provides dev.gearbox.spi.SchedulerFactory with
            dev.gearbox.scheduler.classic.ClassicSchedulerFactory;
}
