/** Streams of values. */
module dev.gearbox.stream {
    requires dev.gearbox.api;
}
