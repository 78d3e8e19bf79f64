/** Files. */
module dev.gearbox.fs {
    requires dev.gearbox.api;
}
