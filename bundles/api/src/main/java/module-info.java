/** What applications call ({@link dev.gearbox}) and what service bundles implement ({@link dev.gearbox.spi}). */
module dev.gearbox.api {
    requires static org.osgi.annotation.bundle;
    requires static transitive org.osgi.annotation.versioning;

    exports dev.gearbox;
    exports dev.gearbox.spi;

    uses dev.gearbox.spi.GearboxProvider;
}
