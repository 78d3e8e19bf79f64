/** Locks and channels. */
module dev.gearbox.sync {
    requires dev.gearbox.api;
}
