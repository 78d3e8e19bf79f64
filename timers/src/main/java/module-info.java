/** The Timers service, which turns deadlines into wakes. */
module dev.gearbox.timers {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
    requires static org.osgi.service.component.annotations;

    provides dev.gearbox.spi.TimersFactory with
            dev.gearbox.timers.TimerServiceFactory;
}
