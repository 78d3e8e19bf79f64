/**
 * What applications use: tasks, pollables and the runtime they are spawned on.
 *
 * <p>Start with {@link dev.gearbox.AsyncRuntime}, which OSGi applications look up in the service registry and plain
 * Java applications get from {@link dev.gearbox.Gearbox#start()}.
 */
@Export
@Version("0.1.0")
package dev.gearbox;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
