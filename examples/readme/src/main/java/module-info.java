/** The programs that the README shows. */
module dev.gearbox.examples.readme {
    requires dev.gearbox.api;
    requires dev.gearbox.fs;
    requires static org.osgi.service.component.annotations;
}
