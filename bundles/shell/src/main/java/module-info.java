/** Gogo commands that show and change the gear, list tasks, and tell who blocked. */
module dev.gearbox.shell {
    requires dev.gearbox.api;
    requires static dev.gearbox.compare;
    requires static org.apache.felix.gogo.runtime;
    requires static org.osgi.service.component.annotations;
}
