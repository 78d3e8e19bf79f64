/** What Gearbox's implementation bundles share. */
module dev.gearbox.support {
    requires dev.gearbox.api;
}
