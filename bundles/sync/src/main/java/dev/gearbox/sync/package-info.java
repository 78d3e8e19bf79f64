/**
 * Locks and channels that hold no thread while a task waits.
 *
 * <p>They need no runtime: whoever polls brings the waker, and {@code await()} works on every thread.
 */
@Export
@Version("0.1.0")
package dev.gearbox.sync;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
