/**
 * Streams of bytes that never block a thread: {@link dev.gearbox.io.AsyncInput}, {@link dev.gearbox.io.AsyncOutput},
 * their buffered forms, and copying with back-pressure.
 *
 * <p>Everything works on any scheduler, in polled and in direct style. A stream has one reader and one writer at a time;
 * the two may be different tasks.
 */
@Export
@Version("0.1.0")
package dev.gearbox.io;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
