/**
 * TCP, UDP and Unix-domain sockets that never block a thread.
 *
 * <p>{@link dev.gearbox.net.Network} is where everything begins: a service in OSGi, {@code Network.on(runtime)} elsewhere.
 */
@Export
@Version("0.1.0")
package dev.gearbox.net;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
