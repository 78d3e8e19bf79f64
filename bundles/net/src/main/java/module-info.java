/** TCP, UDP and Unix-domain sockets that never block a thread. */
module dev.gearbox.net {
    requires transitive dev.gearbox.api;
    requires transitive dev.gearbox.io;
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;
    requires static org.osgi.service.component;
    requires static org.osgi.service.component.annotations;
    requires static osgi.core;

    exports dev.gearbox.net;
}
