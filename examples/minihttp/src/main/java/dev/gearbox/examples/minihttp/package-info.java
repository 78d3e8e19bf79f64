/** A small HTTP/1.1 server: one hand-written {@link dev.gearbox.Pollable} for each connection. */
@Export
@Version("0.1.0")
package dev.gearbox.examples.minihttp;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
