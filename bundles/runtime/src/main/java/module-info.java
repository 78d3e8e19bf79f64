/** The AsyncRuntime service: task cells, the scheduler switch, task scopes per bundle. */
module dev.gearbox.runtime {
    requires dev.gearbox.api;
    requires dev.gearbox.support;
}
