/** What Gearbox's implementation bundles share; not for applications. */
@SuppressWarnings("module") // the modules that it is for are compiled after this one
module dev.gearbox.support {
    requires transitive dev.gearbox.api;
    requires static java.management;
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;

    exports dev.gearbox.support to
            dev.gearbox.runtime,
            dev.gearbox.scheduler.classic,
            dev.gearbox.scheduler.adaptive,
            dev.gearbox.reactor,
            dev.gearbox.timers;
}
