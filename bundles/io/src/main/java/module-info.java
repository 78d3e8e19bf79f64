/** Streams of bytes that never block a thread. */
module dev.gearbox.io {
    requires transitive dev.gearbox.api;
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;

    exports dev.gearbox.io;
}
