/** Streams of values that become available over time; start with {@link dev.gearbox.stream.AsyncStream}. */
@Export
@Version("0.1.0")
package dev.gearbox.stream;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
