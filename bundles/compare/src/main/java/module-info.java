/** Scenarios that are run on each scheduler in one container, and their report. */
module dev.gearbox.compare {
    requires transitive dev.gearbox.api;
    requires dev.gearbox.examples.minihttp;
    requires dev.gearbox.fs;
    requires dev.gearbox.net;
    requires dev.gearbox.sync;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires java.management;
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;
    requires static org.osgi.service.cm;
    requires static org.osgi.service.component;
    requires static org.osgi.service.component.annotations;
    requires static osgi.core;

    exports dev.gearbox.compare;

    // its annotated fields
    opens dev.gearbox.compare.command to
            info.picocli;
}
