/** Gogo commands. */
module dev.gearbox.shell {
    requires dev.gearbox.api;
}
