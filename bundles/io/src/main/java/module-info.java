/** Streams of bytes. */
module dev.gearbox.io {
    requires dev.gearbox.api;
}
