/** Run queues, parking and time, shared by the runtime, the schedulers, the reactor and the timers. */
@Export(attribute = {"gearbox.internal=true", "mandatory:=\"gearbox.internal\""})
@Version("0.1.0")
package dev.gearbox.support;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
