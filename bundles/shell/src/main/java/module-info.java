/** Gogo commands that show and change the gear and list tasks. */
module dev.gearbox.shell {
    requires dev.gearbox.api;
    requires static dev.gearbox.compare;
    requires static org.apache.felix.gogo.runtime;
    requires static org.osgi.service.component.annotations;
}
