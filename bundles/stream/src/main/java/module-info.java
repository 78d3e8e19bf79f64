/** Streams of values that become available over time. */
module dev.gearbox.stream {
    requires transitive dev.gearbox.api;
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;

    exports dev.gearbox.stream;
}
