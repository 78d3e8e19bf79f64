/** A poller for channels, and the Reactor service that turns readiness into wakes. */
module dev.gearbox.reactor {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;
    requires static org.osgi.service.component.annotations;

    exports dev.gearbox.poll;

    provides dev.gearbox.spi.ReactorFactory with
            dev.gearbox.reactor.NioReactorFactory;
}
