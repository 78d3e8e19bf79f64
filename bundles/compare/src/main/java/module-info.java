/** Scenarios that are run on each scheduler in one container, and their report. */
module dev.gearbox.compare {
    requires dev.gearbox.api;
}
