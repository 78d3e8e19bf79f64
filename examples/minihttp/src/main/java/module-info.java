/** A small HTTP/1.1 server on sockets that never block a thread. */
module dev.gearbox.examples.minihttp {
    requires transitive dev.gearbox.api;
    requires dev.gearbox.io;
    requires transitive dev.gearbox.net;
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;
    requires static org.osgi.service.component.annotations;
    requires static org.osgi.service.metatype.annotations;

    exports dev.gearbox.examples.minihttp;
}
