/** What applications call, and what service bundles implement. */
module dev.gearbox.api {
}
