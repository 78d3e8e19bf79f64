/** Files and directories, read and written wherever the scheduler wants blocking calls. */
module dev.gearbox.fs {
    requires transitive dev.gearbox.api;
    requires transitive dev.gearbox.stream;
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;
    requires static org.osgi.service.component;
    requires static org.osgi.service.component.annotations;
    requires static osgi.core;

    exports dev.gearbox.fs;
}
