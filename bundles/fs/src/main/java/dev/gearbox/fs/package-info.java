/** Files and directories; start with {@link dev.gearbox.fs.FileSystem}. */
@Export
@Version("0.1.0")
package dev.gearbox.fs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
