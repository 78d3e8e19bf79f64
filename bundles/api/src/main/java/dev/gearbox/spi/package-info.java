/**
 * What service bundles implement and call: schedulers, reactor, timers, and the seams between them and tasks.
 *
 * <p>Applications need nothing of this package.
 */
@Export
@Version("0.1.0")
package dev.gearbox.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
