/** Locks and channels that hold no thread while a task waits. */
module dev.gearbox.sync {
    requires transitive dev.gearbox.api;
    requires transitive dev.gearbox.stream;
    requires static org.osgi.annotation.bundle;

    exports dev.gearbox.sync;
}
